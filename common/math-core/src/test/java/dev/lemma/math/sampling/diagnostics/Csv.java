// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of a table of golden values by column name. */
final class Csv {
  private Csv() {}

  static List<Map<String, String>> rows(InputStream stream) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      List<String> lines = reader.lines().filter(line -> !line.startsWith("#")).toList();
      List<String> header = Arrays.asList(lines.get(0).split(","));
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        if (line.isEmpty()) {
          continue;
        }
        String[] cells = line.split(",");
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
          row.put(header.get(i), cells[i]);
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  static List<Map<String, String>> golden(String name) {
    return rows(Csv.class.getResourceAsStream("/dev/lemma/math/sampling/" + name));
  }

  /** A number of R, NA being NaN. */
  static double number(String cell) {
    return switch (cell) {
      case "NA", "NaN" -> Double.NaN;
      case "Inf" -> Double.POSITIVE_INFINITY;
      default -> Double.parseDouble(cell);
    };
  }
}
