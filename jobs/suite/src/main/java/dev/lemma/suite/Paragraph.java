// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import java.io.PrintStream;

/** Text wrapped to the width of help. */
final class Paragraph {
  private static final int WIDTH = 100;

  private Paragraph() {}

  /** Prints the lead and the text after it; further lines begin below the text. */
  static void print(PrintStream out, String lead, String text) {
    StringBuilder line = new StringBuilder(lead);
    String indent = " ".repeat(lead.length());
    boolean fresh = true;
    for (String word : text.split(" +")) {
      if (!fresh && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line = new StringBuilder(indent);
        fresh = true;
      }
      line.append(fresh ? "" : " ").append(word);
      fresh = false;
    }
    out.println(line.toString().stripTrailing());
  }
}
