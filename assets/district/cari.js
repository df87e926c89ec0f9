"use strict";
(function () {
  var box = document.getElementById("cari");
  var list = document.getElementById("hasil");
  if (!box || !list || !window.KIM) return;
  box.hidden = false;
  box.querySelector("input").addEventListener("input", function (event) {
    var asked = event.target.value.trim().toLowerCase();
    list.textContent = "";
    if (asked.length < 2) return;
    var found = window.KIM.filter(function (row) { return (row[0] + " " + row[1]).toLowerCase().indexOf(asked) >= 0; });
    found.slice(0, 30).forEach(function (row) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = row[2];
      link.textContent = row[0];
      var place = document.createElement("span");
      place.textContent = row[1];
      link.appendChild(place);
      item.appendChild(link);
      list.appendChild(item);
    });
    if (!found.length) list.textContent = box.getAttribute("data-none");
  });
})();
