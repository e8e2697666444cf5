// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.TextVectorizer;
import dev.lemma.math.text.Weighting;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The 117,791 glosses of WordNet 3.1 as rows of words, in the order of its files. */
final class Glosses {
  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/data.";
  private static final List<String> FILES = List.of("noun", "verb", "adj", "adv");
  private static final String LICENCE_LINE = "  ";
  private static final String BEFORE_GLOSS = " | ";

  private Glosses() {}

  static SparseRow[] rows() throws IOException {
    return documents(1);
  }

  /** Documents of so many glosses one behind the other; the last may have fewer. */
  static SparseRow[] documents(int glosses) throws IOException {
    TextSpec words = new TextSpec(TextUnit.WORDS, 1, 1, Weighting.COUNT, RowNorm.NONE);
    TextVectorizer vectorizer = new TextVectorizer(words);
    List<SparseRow> rows = new ArrayList<>();
    ByteArrayOutputStream document = new ByteArrayOutputStream();
    int held = 0;
    for (String file : FILES) {
      try (InputStream in = Glosses.class.getResourceAsStream(FOLDER + file);
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.startsWith(LICENCE_LINE)) {
            String gloss = line.substring(line.indexOf(BEFORE_GLOSS) + BEFORE_GLOSS.length());
            document.writeBytes(gloss.getBytes(StandardCharsets.UTF_8));
            document.write(' ');
            if (++held == glosses) {
              rows.add(row(vectorizer, document));
              held = 0;
            }
          }
        }
      }
    }
    if (held > 0) {
      rows.add(row(vectorizer, document));
    }
    return rows.toArray(new SparseRow[0]);
  }

  private static SparseRow row(TextVectorizer vectorizer, ByteArrayOutputStream document) {
    SparseRow row = new SparseRow();
    vectorizer.vectorize(document.toByteArray(), 0, document.size(), row);
    document.reset();
    return row;
  }
}
