// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A labelled place on an axis. Linear steps are 1, 2 or 5 times a power of ten. */
record Tick(double value, String label) {
  private static final int[] MANTISSAS = {1, 2, 5};
  private static final int[] DECADE_STEPS = {1, 2, 5, 10, 20, 50, 100, 200};
  private static final double SLACK = 1e-9;
  private static final int MOST = 10;

  /** The most ticks, at most ten, that satisfy the caller (whose labels do not overlap). */
  static List<Tick> fit(Range range, Predicate<List<Tick>> fits) {
    for (int target = MOST; target > 1; target--) {
      List<Tick> ticks = of(range, target);
      if (fits.test(ticks)) {
        return ticks;
      }
    }
    return of(range, 1).stream().limit(1).toList();
  }

  /** Round numbers inside the range, about {@code target} of them. */
  static List<Tick> of(Range range, int target) {
    return range.axis().scale() == Axis.Scale.LOG ? log(range, target) : linear(range, target);
  }

  private static List<Tick> linear(Range range, int target) {
    double even = range.high() / target - range.low() / target;
    boolean whole = range.axis().unit() == Axis.Unit.WHOLE;
    BigDecimal step = step(whole ? Math.max(1, even) : even);
    double width = step.doubleValue();
    long first = (long) Math.ceil(range.low() / width - SLACK);
    long last = (long) Math.floor(range.high() / width + SLACK);
    return labelled(
        range.axis().unit(),
        LongStream.rangeClosed(first, last)
            .mapToObj(i -> step.multiply(BigDecimal.valueOf(i)))
            .toList());
  }

  /** The smallest of 1, 2, 5 times a power of ten that is not below the given width. */
  private static BigDecimal step(double width) {
    int exponent = (int) Math.floor(StrictMath.log10(width));
    for (int mantissa : MANTISSAS) {
      BigDecimal step = power(mantissa, exponent);
      if (step.doubleValue() >= width * (1 - SLACK)) {
        return step;
      }
    }
    return power(1, exponent + 1);
  }

  private static List<Tick> log(Range range, int target) {
    int first = (int) Math.floor(StrictMath.log10(range.low()));
    int last = (int) Math.ceil(StrictMath.log10(range.high()));
    List<List<BigDecimal>> choices = new ArrayList<>();
    if (last - first <= target) {
      choices.add(
          IntStream.rangeClosed(first, last)
              .boxed()
              .flatMap(e -> IntStream.of(MANTISSAS).mapToObj(m -> power(m, e)))
              .toList());
    }
    for (int step : DECADE_STEPS) {
      choices.add(
          IntStream.rangeClosed(first, last)
              .filter(e -> Math.floorMod(e, step) == 0)
              .mapToObj(e -> power(1, e))
              .toList());
    }
    for (List<BigDecimal> choice : choices) {
      List<BigDecimal> inside = choice.stream().filter(value -> within(value, range)).toList();
      if (inside.size() > 1 && inside.size() <= target) {
        return labelled(range.axis().unit(), inside);
      }
    }
    // Less than a decade: round steps say more than one lonely power.
    return linear(range, target).stream().filter(tick -> tick.value > 0).toList();
  }

  private static boolean within(BigDecimal value, Range range) {
    double number = value.doubleValue();
    return number >= range.low() * (1 - SLACK) && number <= range.high() * (1 + SLACK);
  }

  private static BigDecimal power(int mantissa, int exponent) {
    return new BigDecimal(BigInteger.valueOf(mantissa), -exponent);
  }

  /** One style for all: digits in full where that stays short, else powers of ten. */
  private static List<Tick> labelled(Axis.Unit unit, List<BigDecimal> values) {
    int shift = unit == Axis.Unit.PERCENT ? 2 : 0;
    List<BigDecimal> shown = values.stream().map(v -> v.movePointRight(shift)).toList();
    List<BigDecimal> digits =
        shown.stream().filter(v -> v.signum() != 0).map(BigDecimal::stripTrailingZeros).toList();
    // Numbers near 1 that differ far behind the point read better in full than times a power.
    int places = digits.stream().allMatch(v -> v.abs().compareTo(power(1, -1)) >= 0) ? 7 : 4;
    boolean full =
        digits.stream().allMatch(v -> v.scale() <= places && v.abs().compareTo(power(1, 7)) < 0);
    return IntStream.range(0, values.size())
        .mapToObj(
            i -> {
              BigDecimal number = shown.get(i);
              String text = full ? inFull(number) : Quantity.powerOfTen(number);
              return new Tick(
                  values.get(i).doubleValue(), text + (unit == Axis.Unit.PERCENT ? " %" : ""));
            })
        .toList();
  }

  private static String inFull(BigDecimal number) {
    return Quantity.plain(number.scale() < 0 ? number.setScale(0) : number);
  }
}
