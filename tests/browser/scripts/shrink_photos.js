async () => {
  const { shrink } = await import("/static/js/photo.js");
  const told = [];
  for (const file of document.querySelector("#uji").files) {
    try {
      const small = await shrink(file);
      const { width, height } = await createImageBitmap(small);
      const bytes = new Uint8Array(await small.arrayBuffer());
      told.push({ name: small.name, size: small.size, width, height, exif: new TextDecoder("latin1").decode(bytes).includes("Exif") });
    } catch (error) { told.push({ error: error.message }); }
  }
  return told;
}
