async () => {
  const queue = await import("/static/js/queue.js");
  const at = Date.now();
  const item = (changes) => ({
    key: queue.newKey(), account: queue.account, kind: "rapat", place: "", url: "/rapat/baru/", action: "/rapat/baru/",
    entries: [["title", "<b>Rapat</b>"]], extra: [], at, begun: at - 3 * 864e5, photos: 0, code: 0, ...changes,
  });
  await queue.put(item({ state: "draft", title: "Kunjungan Desa Sungai Samak", day: "2019-09-11" }));
  await queue.put(item({ state: "attention", code: 409, title: "<img src=x> Badau", day: "2019-09-09", reason: "Lain isinya.",
    differences: [["Tempat", "Aula", "Ruang rapat"]] }));
  const sent = item({ state: "attention", code: 422, title: "Kunjungan Desa Sijuk", day: "2019-09-10", photos: 5, reason: "Fotonya rusak.",
    photo_url: "/rapat/", url: "/rapat/", arrived: at });
  await queue.put(sent);
  await queue.putFiles(sent.key, "", [new File(["x"], "satu.jpg", { type: "image/jpeg" })]);
  await queue.put(item({ state: "stored", title: "Kunjungan Desa Badau", url: "/rapat/", day: "2019-09-09" }));
  await queue.put(item({ account: "0", state: "waiting", title: "Rahasia" }));
}
