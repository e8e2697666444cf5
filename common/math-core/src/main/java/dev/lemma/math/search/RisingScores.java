// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.search;

/**
 * The k highest of scores that rise, ties in favour of the smaller number: whenever the score of a
 * number has risen it is told, and the k highest of the moment are known without looking at the
 * others. A heap with the worst at its root, O(ln k) for a score among the k highest and one
 * comparison for any other; allocates nothing. Reused; not thread-safe.
 */
final class RisingScores {
  private final int[] numbers;
  private final double[] scores;
  // Where in the heap a number stands, from 1; 0 where it does not.
  private final int[] slots;
  private int size;

  /**
   * No scores yet.
   *
   * @param k at least 1
   * @param universe numbers are below it
   */
  RisingScores(int k, int universe) {
    numbers = new int[k];
    scores = new double[k];
    slots = new int[universe];
  }

  /** Forgets all, also after {@link #sort}. */
  void clear() {
    for (int i = 0; i < size; i++) {
      slots[numbers[i]] = 0;
    }
    size = 0;
  }

  int size() {
    return size;
  }

  /** The k-th highest score so far; below every score while there are fewer. */
  double threshold() {
    return size < scores.length ? Double.NEGATIVE_INFINITY : scores[0];
  }

  /** Tells the score of a number, which is not below what was told of it before. */
  void raise(int number, double score) {
    if (slots[number] > 0) {
      siftDown(slots[number] - 1, size, number, score);
    } else if (size < scores.length) {
      siftUp(number, score);
    } else if (isBetter(score, number, scores[0], numbers[0])) {
      slots[numbers[0]] = 0;
      siftDown(0, size, number, score);
    }
  }

  /** Puts the best first, for {@link #number} and {@link #score}; then only to be cleared. */
  void sort() {
    for (int last = size - 1; last > 0; last--) {
      int number = numbers[0];
      double score = scores[0];
      siftDown(0, last, numbers[last], scores[last]);
      put(last, number, score);
    }
  }

  int number(int rank) {
    return numbers[rank];
  }

  double score(int rank) {
    return scores[rank];
  }

  private void siftUp(int number, double score) {
    int child = size++;
    while (child > 0) {
      int parent = (child - 1) / 2;
      if (!isBetter(scores[parent], numbers[parent], score, number)) {
        break;
      }
      put(child, numbers[parent], scores[parent]);
      child = parent;
    }
    put(child, number, score);
  }

  /** Finds the place below {@code from}, among the first {@code count}, of what stood there. */
  private void siftDown(int from, int count, int number, double score) {
    int parent = from;
    for (int child = 2 * parent + 1; child < count; child = 2 * parent + 1) {
      if (child + 1 < count
          && isBetter(scores[child], numbers[child], scores[child + 1], numbers[child + 1])) {
        child++;
      }
      if (!isBetter(score, number, scores[child], numbers[child])) {
        break;
      }
      put(parent, numbers[child], scores[child]);
      parent = child;
    }
    put(parent, number, score);
  }

  private void put(int slot, int number, double score) {
    numbers[slot] = number;
    scores[slot] = score;
    slots[number] = slot + 1;
  }

  private static boolean isBetter(double score, int number, double other, int otherNumber) {
    return score > other || score == other && number < otherNumber;
  }
}
