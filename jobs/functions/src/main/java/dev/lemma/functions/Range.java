// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.math.function.SegmentedSieve;
import dev.lemma.math.function.TaylorSoftmax;
import dev.lemma.math.projection.Family;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import org.apache.spark.sql.types.Decimal;

/** What values of a parameter make sense, whatever the row. */
enum Range {
  /** Whatever the type can hold: the numbers that a function is computed of. */
  ANY("", "", value -> true),
  /** A sharpness, a width or a temperature. */
  POSITIVE(
      "a number above 0 and finite",
      "1 is the usual one",
      number(x -> x > 0 && x < Double.POSITIVE_INFINITY)),
  /** A deviation, or what may vanish. */
  NOT_NEGATIVE(
      "a finite number from 0 on",
      "0 is allowed",
      number(x -> x >= 0 && x < Double.POSITIVE_INFINITY)),
  /** An order of an entropy. */
  FROM_ZERO("a number from 0 on, or Infinity", "1 is Shannon's", number(x -> x >= 0)),
  /** An order of an entropy that bounds. */
  FROM_ONE("a number from 1 on, or Infinity", "1 gives the nearest bound", number(x -> x >= 1)),
  /** A part of a whole. */
  SHARE("a number from 0 to 1", "0.75 is the usual one", number(x -> x >= 0 && x <= 1)),
  /** A distortion or a probability. */
  INSIDE("a number above 0 and below 1", "take 0.1 or 0.01", number(x -> x > 0 && x < 1)),
  /** A count of what must be there. */
  AT_LEAST_ONE("at least 1", "give the size as it is", number(x -> x >= 1)),
  /** Points that have a distance. */
  AT_LEAST_TWO("at least 2", "one point has no distances to keep", number(x -> x >= 2)),
  /** A length that 0 stands for leaving out. */
  LENGTH(
      "at least 1, or nothing", "leave it out to take the length of each row", number(x -> x >= 0)),
  /** An order of a Taylor polynomial. */
  EVEN_ORDER(
      "an even number from 2 to " + TaylorSoftmax.MAX_ORDER,
      "odd orders can be negative; take 2",
      number(x -> x >= 2 && x <= TaylorSoftmax.MAX_ORDER && x % 2 == 0)),
  /** How far a sieve goes. */
  SIEVE(
      "at most 10^12",
      "a sieve of more would take hours",
      number(x -> x <= SegmentedSieve.MAX_LIMIT)),
  /** How far primes can be summed. */
  SUM_OF_PRIMES(
      "at most 2 * 10^10",
      "the sum of more would not fit into a BIGINT",
      number(x -> x <= ScalarCalls.MAX_SUMMED)),
  /** A family of projections. */
  FAMILY(
      "auto, sign, sparse-sign, hadamard, gaussian, orthonormal or very-sparse",
      "auto takes the one that fits the number of features",
      Range::isFamily);

  private final String expected;
  private final String remedy;
  private final Predicate<Object> values;

  Range(String expected, String remedy, Predicate<Object> values) {
    this.expected = expected;
    this.remedy = remedy;
    this.values = values;
  }

  /** For a message, e.g. {@code at least 1}. */
  String expected() {
    return expected;
  }

  /** What may be done instead. */
  String remedy() {
    return remedy;
  }

  /** Whether a value of Spark's (a number, a decimal or a text), not null, lies in it. */
  boolean holds(Object value) {
    return values.test(value);
  }

  private static Predicate<Object> number(DoublePredicate values) {
    return value ->
        values.test(
            value instanceof Decimal decimal ? decimal.toDouble() : ((Number) value).doubleValue());
  }

  private static boolean isFamily(Object value) {
    String name = value.toString();
    return name.equals("auto")
        || Arrays.stream(Family.values()).anyMatch(family -> family.key().equals(name));
  }
}
