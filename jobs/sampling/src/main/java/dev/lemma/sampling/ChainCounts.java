// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.sampling.diagnostics.Superchains;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * The chains of an input.
 *
 * @param chains their numbers, ascending
 * @param counts draws of each
 */
record ChainCounts(long[] chains, long[] counts) implements Serializable {
  /** From here on chains are too short to be judged one by one. */
  static final int MANY = 16;

  static ChainCounts of(SortedMap<Long, Long> counts) {
    return new ChainCounts(
        counts.keySet().stream().mapToLong(Long::longValue).toArray(),
        counts.values().stream().mapToLong(Long::longValue).toArray());
  }

  int size() {
    return chains.length;
  }

  /** Draws of all chains. */
  long total() {
    return Arrays.stream(counts).sum();
  }

  long shortest() {
    return Arrays.stream(counts).min().orElse(0);
  }

  boolean ragged() {
    return Arrays.stream(counts).anyMatch(count -> count != counts[0]);
  }

  /** Draws of a chain that take part. */
  int draws() {
    return Math.toIntExact(shortest());
  }

  /** Where a chain stands, or a negative number. */
  int indexOf(long chain) {
    return Arrays.binarySearch(chains, chain);
  }

  /** Refuses what cannot be diagnosed. */
  ChainCounts checked(String where, RaggedChains ragged) {
    if (chains.length == 0) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(where, "the input holds no draws", "check input.path and input.format"));
    }
    if (ragged() && ragged == RaggedChains.FAIL) {
      int longest = 0;
      int shortest = 0;
      for (int c = 1; c < chains.length; c++) {
        longest = counts[c] > counts[longest] ? c : longest;
        shortest = counts[c] < counts[shortest] ? c : shortest;
      }
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              where,
              "chains differ in length",
              counts[shortest]
                  + " draws in chain "
                  + chains[shortest]
                  + " and "
                  + counts[longest]
                  + " in chain "
                  + chains[longest],
              "equally many",
              "complete the shorter ones, or set ragged = trim"));
    }
    if (draws() * (double) size() > 1 << 29) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              where,
              "too many draws of a parameter",
              Long.toString(shortest() * size()),
              "at most 2^29",
              "thin the chains"));
    }
    return this;
  }

  /** The groups of chains for nested R-hat, if there are to be any. */
  Optional<Superchains> superchains(OptionalInt wanted) {
    if (wanted.isPresent()) {
      int groups = wanted.getAsInt();
      if (groups > size() || size() % groups != 0) {
        throw new LemmaException(
            ExitCode.INPUT,
            new Problem(
                "superchains",
                "the chains cannot be divided so",
                groups + " groups of " + size() + " chains",
                "a divisor of the number of chains",
                "correct it, or leave it out"));
      }
      return Optional.of(Superchains.consecutive(size(), groups));
    }
    return size() > MANY
        ? Optional.of(Superchains.consecutive(size(), groups()))
        : Optional.empty();
  }

  /** The divisor nearest to the square root from below; for a prime each chain stands alone. */
  private int groups() {
    for (int groups = (int) Math.sqrt(size()); groups > 1; groups--) {
      if (size() % groups == 0) {
        return groups;
      }
    }
    return size();
  }
}
