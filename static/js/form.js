// An ordinary form: its draft is kept, and where its view can be queued it is sent by the queue.
import { bindForm } from "./form_queue.js";

bindForm(document.querySelector("form[data-draft]")).offer();
