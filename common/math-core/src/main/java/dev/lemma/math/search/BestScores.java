// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.search;

/**
 * The k highest of all scores that were offered, ties in favour of the smaller number: a heap with
 * the worst at its root. Offers allocate nothing. Reused; not thread-safe.
 */
final class BestScores {
  private final int[] numbers;
  private final double[] scores;
  private int size;

  BestScores(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("best scores: expected k of at least 1, found " + k);
    }
    numbers = new int[k];
    scores = new double[k];
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** The k-th highest score so far; below every score while there are fewer. */
  double threshold() {
    return size < scores.length ? Double.NEGATIVE_INFINITY : scores[0];
  }

  void offer(int number, double score) {
    if (size < scores.length) {
      siftUp(number, score);
    } else if (isBetter(score, number, scores[0], numbers[0])) {
      siftDown(size, number, score);
    }
  }

  /** Takes all out: their numbers, best first. */
  int[] drain() {
    int[] ordered = new int[size];
    sort();
    System.arraycopy(numbers, 0, ordered, 0, ordered.length);
    size = 0;
    return ordered;
  }

  /** Puts the best first, for {@link #number} and {@link #score}; then only to be cleared. */
  void sort() {
    for (int last = size - 1; last > 0; last--) {
      int number = numbers[0];
      double score = scores[0];
      siftDown(last, numbers[last], scores[last]);
      numbers[last] = number;
      scores[last] = score;
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
      scores[child] = scores[parent];
      numbers[child] = numbers[parent];
      child = parent;
    }
    scores[child] = score;
    numbers[child] = number;
  }

  /** Puts a score in the place of the root of the first {@code count}. */
  private void siftDown(int count, int number, double score) {
    int parent = 0;
    for (int child = 1; child < count; child = 2 * parent + 1) {
      if (child + 1 < count
          && isBetter(scores[child], numbers[child], scores[child + 1], numbers[child + 1])) {
        child++;
      }
      if (!isBetter(score, number, scores[child], numbers[child])) {
        break;
      }
      scores[parent] = scores[child];
      numbers[parent] = numbers[child];
      parent = child;
    }
    scores[parent] = score;
    numbers[parent] = number;
  }

  private static boolean isBetter(double score, int number, double other, int otherNumber) {
    return score > other || score == other && number < otherNumber;
  }
}
