// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures and remarks of a run, printed as they come. */
final class Results {
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final PrintStream out;

  Results(PrintStream out) {
    this.out = out;
  }

  /** A comparison begins. */
  void title(String text) {
    out.printf(Locale.ROOT, "%n%s (load average %.1f)%n", text, load());
  }

  void add(Figure figure) {
    figures.add(figure);
    out.println(figure.line());
  }

  /** What the figures should be read with, and what was checked. */
  void remark(String format, Object... arguments) {
    String text = String.format(Locale.ROOT, format, arguments);
    remarks.add(text);
    out.println("  " + text);
  }

  /** Demands of the runner threads of this machine, averaged over a minute. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  String markdown() {
    return figures.stream()
        .map(Figure::markdown)
        .collect(Collectors.joining("\n", Figure.markdownHeader() + "\n", "\n"));
  }

  String json() {
    return "{\n  \"figures\": [\n"
        + figures.stream().map(f -> "    " + f.json()).collect(Collectors.joining(",\n"))
        + "\n  ],\n  \"remarks\": [\n"
        + remarks.stream().map(r -> "    \"" + r + '"').collect(Collectors.joining(",\n"))
        + "\n  ],\n  \"processors\": "
        + Runtime.getRuntime().availableProcessors()
        + ",\n  \"java\": \""
        + System.getProperty("java.vm.version")
        + "\"\n}\n";
  }
}
