// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A report in the making. Warnings and headline numbers stand on top whenever they were added;
 * everything else stands in the order of the calls. All texts are plain text and are escaped.
 * Mutable, not thread-safe.
 *
 * <pre>{@code
 * String html =
 *     Page.titled("Random projection", "117,659 rows of WordNet glosses")
 *         .headline(Quantity.count(334), "dimensions", "for 20 % distortion")
 *         .section("Distortion", "How far squared distances moved.")
 *         .figure(histogram, "Ratios of squared distances of sampled pairs.")
 *         .fact("family", "sparse-sign", "the number of features is open")
 *         .html();
 * }</pre>
 */
public final class Page {
  private static final int TABLE_ROWS = 1000;
  private static final int DATA_ROWS = 100;
  private static final Pattern UNIT =
      Pattern.compile("(?<=\\d) (?=(%|[kMGTPE]?B|m?s|min|h)(?!\\w))");

  private final String title;
  private final String subtitle;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> footers = new ArrayList<>();
  private final Markup tiles = new Markup();
  private final Markup body = new Markup();
  private boolean inSection;
  private boolean inFacts;

  private Page(String title, String subtitle) {
    this.title = Objects.requireNonNull(title, "title");
    this.subtitle = Objects.requireNonNull(subtitle, "subtitle");
  }

  /** An empty page with a heading and one line below it, which may be empty. */
  public static Page titled(String title, String subtitle) {
    return new Page(title, subtitle);
  }

  /** Adds warnings to those on top of the page. */
  public Page warnings(List<String> more) {
    warnings.addAll(more);
    return this;
  }

  /** Adds a headline number, what it is, and a line that puts it in proportion, or empty. */
  public Page headline(Quantity number, String label, String note) {
    return headline(number.text(), label, note);
  }

  /** Adds a headline of a few characters, what it is, and a line on it, or empty. */
  public Page headline(String value, String label, String note) {
    tiles.open("li").leaf("strong", bound(value)).leaf("span", bound(label));
    if (!note.isEmpty()) {
      tiles.leaf("small", bound(note));
    }
    tiles.close().line();
    return this;
  }

  /** Starts a section; blank lines divide its prose, which may be empty, into paragraphs. */
  public Page section(String heading, String prose) {
    endSection();
    body.open("section").leaf("h2", heading).line();
    inSection = true;
    return prose(prose);
  }

  /** Adds paragraphs, divided by blank lines. */
  public Page prose(String text) {
    endFacts();
    for (String paragraph : text.strip().split("\\n\\s*\\n")) {
      if (!paragraph.isEmpty()) {
        body.leaf("p", bound(paragraph)).line();
      }
    }
    return this;
  }

  /** Adds a named value and why it is what it is, or empty; neighbours form one list. */
  public Page fact(String name, String value, String why) {
    if (!inFacts) {
      body.open("dl", "class", "facts").line();
      inFacts = true;
    }
    body.open("div").leaf("dt", name).open("dd").leaf("b", bound(value));
    if (!why.isEmpty()) {
      body.text(" ").leaf("small", bound(why));
    }
    body.close().close().line();
    return this;
  }

  /** Adds a table, of which at most 1,000 rows are shown. */
  public Page table(Table table) {
    endFacts();
    table.write(body, TABLE_ROWS);
    return this;
  }

  /** Adds a chart, a caption that says how to read it (or empty), and its numbers, folded. */
  public Page figure(Chart chart, String caption) {
    endFacts();
    body.open("figure").leaf("h3", chart.title()).line();
    body.raw(chart.svg(ChartWidth.WIDE)).line().raw(chart.svg(ChartWidth.NARROW)).line();
    body.open("figcaption").text(bound(caption));
    chart.notes().forEach(note -> body.text(" ").leaf("span", bound(note), "class", "note"));
    body.close().line();
    Table data = chart.data();
    if (data.size() > 0) {
      body.open("details").leaf("summary", "Numbers").line();
      data.write(body, DATA_ROWS);
      body.close().line();
    }
    body.close().line();
    return this;
  }

  /** Adds a line at the foot of the page: version, run, what made it. */
  public Page footer(String line) {
    footers.add(line);
    return this;
  }

  /** The whole page; more can be added afterwards. */
  public String html() {
    endSection();
    String style = style();
    String policy =
        "default-src 'none'; style-src '"
            + digest(style)
            + "'; base-uri 'none'; form-action 'none'";
    Markup page = new Markup().raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    page.line().empty("meta", "charset", "utf-8").line();
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy).line();
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.line().empty("meta", "name", "color-scheme", "content", "light dark").line();
    page.leaf("title", title).line().open("style").raw(style).close().line().close().line();
    page.open("body").open("main").line().open("header").leaf("h1", title);
    if (!subtitle.isEmpty()) {
      page.leaf("p", bound(subtitle));
    }
    page.close().line();
    if (!warnings.isEmpty()) {
      page.open("aside", "class", "warnings", "aria-label", "Warnings");
      page.leaf("h2", warnings.size() == 1 ? "Warning" : "Warnings").open("ul").line();
      warnings.forEach(warning -> page.leaf("li", bound(warning)).line());
      page.close().close().line();
    }
    String headline = tiles.toString();
    if (!headline.isEmpty()) {
      page.open("ul", "class", "tiles").line().raw(headline).close().line();
    }
    page.raw(body.toString());
    if (!footers.isEmpty()) {
      page.open("footer");
      footers.forEach(line -> page.leaf("p", line));
      page.close().line();
    }
    return page.close().close().line().close().line().toString();
  }

  /** Keeps a number and its unit on one line. */
  private static String bound(String text) {
    return UNIT.matcher(text).replaceAll("\u00a0");
  }

  private void endFacts() {
    if (inFacts) {
      body.close().line();
      inFacts = false;
    }
  }

  private void endSection() {
    endFacts();
    if (inSection) {
      body.close().line();
      inSection = false;
    }
  }

  private static String style() {
    try (InputStream css = Page.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is missing beside " + Page.class.getName());
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The browser runs no style but the one with this digest, so none can be smuggled in. */
  private static String digest(String style) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
