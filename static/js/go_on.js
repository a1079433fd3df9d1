// Work that is done a part at a time: the form that asks for the next part is sent by itself, after a moment in which one
// reads how far it has come, and may stop.
const form = document.querySelector("form[data-goes-on]");
if (form) setTimeout(() => form.requestSubmit(), 600);
