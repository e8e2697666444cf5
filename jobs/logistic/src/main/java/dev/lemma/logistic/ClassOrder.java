// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.FoldMoments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which classes a model has, and in which order. */
interface ClassOrder {
  /** The classes that rows have, in the order of {@link ClassNames}. */
  ClassOrder AS_FOUND =
      new ClassOrder() {
        @Override
        public List<String> labels(List<String> found) {
          return found;
        }

        @Override
        public List<String> names(List<String> found) {
          return found;
        }
      };

  /**
   * The labels of the classes 0 to K - 1 as rows spell them, canonical strings, those found among
   * them.
   */
  List<String> labels(List<String> found);

  /** What the model calls these classes. */
  List<String> names(List<String> found);

  /** The same statistics with the classes that the model shall have, by its names. */
  default Statistics arrange(Statistics statistics) {
    List<String> found = statistics.classes();
    List<String> labels = labels(found);
    FoldMoments moments = statistics.moments();
    if (!labels.equals(found) && !found.isEmpty()) {
      Map<String, Integer> places = new HashMap<>();
      labels.forEach(label -> places.put(label, places.size()));
      int[] numbers = found.stream().mapToInt(places::get).toArray();
      moments = moments.map(fold -> fold.renumberClasses(numbers, labels.size()));
    }
    return new Statistics(statistics.header(), names(found), moments);
  }
}
