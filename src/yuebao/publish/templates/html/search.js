// Search within the issue, in the browser alone: what holds the string is found. YUEBAO_ITEMS is in search-index.js.
"use strict";

(function () {
  var MOST = 200; // hits shown
  var AROUND = 40; // characters on either side of the first place
  var input = document.getElementById("q");
  var said = document.getElementById("found");
  var list = document.getElementById("hits");

  // The text without white space and with widths and cases made one, and where each of its characters stood.
  function folded(text) {
    var characters = [];
    var at = [];
    for (var place = 0; place < text.length; place += 1) {
      var plain = text.charAt(place).normalize("NFKC").toLowerCase().replace(/\s+/g, "");
      for (var n = 0; n < plain.length; n += 1) {
        characters.push(plain.charAt(n));
        at.push(place);
      }
    }
    return { text: characters.join(""), at: at };
  }

  function terms(query) {
    return query.split(/\s+/).map(function (term) { return folded(term).text; }).filter(Boolean);
  }

  // The ranges of a text that hold one of the terms, in order, those that overlap made one.
  function ranges(whole, wanted) {
    var found = [];
    wanted.forEach(function (term) {
      for (var at = whole.text.indexOf(term); at >= 0; at = whole.text.indexOf(term, at + 1)) {
        found.push([whole.at[at], whole.at[at + term.length - 1] + 1]);
      }
    });
    found.sort(function (a, b) { return a[0] - b[0]; });
    return found.reduce(function (joined, range) {
      var last = joined[joined.length - 1];
      if (last && range[0] <= last[1]) {
        last[1] = Math.max(last[1], range[1]);
      } else {
        joined.push(range);
      }
      return joined;
    }, []);
  }

  function piece(tag, text, name) {
    var made = document.createElement(tag);
    made.textContent = text;
    if (name) { made.className = name; }
    return made;
  }

  // The characters of the text from start to end, with what was found marked.
  function marked(parent, text, found, start, end) {
    var at = start;
    found.forEach(function (range) {
      var from = Math.max(range[0], at);
      var to = Math.min(range[1], end);
      if (from < to) {
        parent.appendChild(document.createTextNode(text.slice(at, from)));
        parent.appendChild(piece("mark", text.slice(from, to)));
        at = to;
      }
    });
    parent.appendChild(document.createTextNode(text.slice(at, end)));
  }

  function hit(item, wanted) {
    var made = document.createElement("li");
    var heading = document.createElement("h2");
    var link = document.createElement("a");
    link.href = "issue.html#item-" + item.number;
    marked(link, item.headline, ranges(folded(item.headline), wanted), 0, item.headline.length);
    heading.appendChild(link);
    made.appendChild(heading);
    var found = ranges(folded(item.text), wanted);
    if (found.length) {
      var start = Math.max(0, found[0][0] - AROUND);
      var end = Math.min(item.text.length, found[0][1] + AROUND * 2);
      var snippet = piece("p", start ? "…" : "", "snippet");
      marked(snippet, item.text, found, start, end);
      if (end < item.text.length) { snippet.appendChild(document.createTextNode("…")); }
      made.appendChild(snippet);
    }
    made.appendChild(piece("p", item.where + (found.length > 1 ? "　文中 " + found.length + " 处" : ""), "where"));
    return made;
  }

  function show(query) {
    var wanted = terms(query);
    list.textContent = "";
    if (!wanted.length) {
      said.textContent = "";
      return;
    }
    var hits = window.YUEBAO_ITEMS.filter(function (item) {
      item.folded = item.folded || folded(item.headline + "\n" + item.text).text;
      return wanted.every(function (term) { return item.folded.indexOf(term) >= 0; });
    });
    said.textContent = hits.length ? "“" + query.trim() + "”：" + hits.length + " 条" + (hits.length > MOST ? "，只列前 " + MOST + " 条" : "")
      : "本期没有“" + query.trim() + "”。";
    hits.slice(0, MOST).forEach(function (item) { list.appendChild(hit(item, wanted)); });
  }

  input.value = new URLSearchParams(window.location.search).get("q") || "";
  input.addEventListener("input", function () { show(input.value); });
  input.form.addEventListener("submit", function (event) {
    event.preventDefault();
    show(input.value);
  });
  show(input.value);
}());
