// An ordinary form: its draft is kept.
import { keepDraft } from "./draft_form.js";

keepDraft(document.querySelector("form[data-draft]")).offer();
