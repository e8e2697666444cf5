// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML and SVG elements that are well-formed XML as well. Every text and attribute passes
 * through {@link #escape}, so no caller can forget it. Not thread-safe.
 */
final class Markup {
  private static final int TENTHS = 10;

  private final StringBuilder out = new StringBuilder(1 << 12);
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes are name, value, name, value ... (a Double is a coordinate). */
  Markup open(String name, Object... attributes) {
    start(name, attributes);
    out.append('>');
    open.push(name);
    return this;
  }

  /** An element without content: void in HTML, or any of SVG. */
  Markup empty(String name, Object... attributes) {
    start(name, attributes);
    out.append("/>");
    return this;
  }

  /** An element that holds only text. */
  Markup leaf(String name, String text, Object... attributes) {
    return open(name, attributes).text(text).close();
  }

  Markup text(String text) {
    out.append(escape(text));
    return this;
  }

  Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** A line break between elements, for people who read the source. */
  Markup line() {
    out.append('\n');
    return this;
  }

  /** Markup made elsewhere in this package, taken as it is. */
  Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  /** All that was written; every element has to be closed. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("element <" + open.peek() + "> is still open");
    }
    return out.toString();
  }

  private void start(String name, Object[] attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String text = value instanceof Double number ? coordinate(number) : value.toString();
      out.append(' ').append(attributes[i]).append("=\"").append(escape(text)).append('"');
    }
  }

  /** A coordinate with one decimal, without a needless ".0" or a negative zero. */
  static String coordinate(double value) {
    long tenths = Math.round(value * TENTHS);
    long whole = Math.abs(tenths) / TENTHS;
    long rest = Math.abs(tenths) % TENTHS;
    return (tenths < 0 ? "-" : "") + whole + (rest == 0 ? "" : "." + rest);
  }

  /**
   * Text that is safe as element content and inside a quoted attribute. What XML cannot hold
   * (control characters, half surrogate pairs) becomes U+FFFD.
   */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isXml(point) ? point : 0xFFFD);
              }
            });
    return safe.toString();
  }

  private static boolean isXml(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || (point >= 0x20 && point < 0x7F)
        || (point > 0x9F && point < 0xD800)
        || (point > 0xDFFF && point < 0xFFFE)
        || point > 0xFFFF;
  }
}
