// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads scalars: from HOCON to Java and back to the canonical form of a manifest. */
final class Values {
  private static final Map<String, Boolean> FLAGS =
      Map.of("true", true, "yes", true, "on", true, "false", false, "no", false, "off", false);

  private Values() {}

  /** The text of a scalar as it was written, without quotes. */
  static String text(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        ? (String) value.unwrapped()
        : value.render(ConfigRenderOptions.concise());
  }

  /**
   * Reads a scalar.
   *
   * @throws Misfit if it is no scalar or not of this shape
   */
  static Object scalar(Shape shape, ConfigValue value) throws Misfit {
    if (value.valueType() == ConfigValueType.LIST || value.valueType() == ConfigValueType.OBJECT) {
      throw new Misfit("wrong type", shape.describe(), "");
    }
    String text = text(value);
    if (shape instanceof Shape.Text) {
      return text;
    }
    if (shape instanceof Shape.Whole whole) {
      return whole(whole, text);
    }
    if (shape instanceof Shape.Real) {
      return real(text);
    }
    if (shape instanceof Shape.Flag) {
      return Optional.ofNullable(FLAGS.get(text))
          .orElseThrow(() -> new Misfit("wrong type", "true or false", ""));
    }
    if (shape instanceof Shape.Span) {
      return span(value);
    }
    if (shape instanceof Shape.Choice choice) {
      return constant(choice, text);
    }
    if (shape instanceof Shape.Parsed parsed) {
      return parsed(parsed, text);
    }
    throw new IllegalStateException("no scalar: " + shape);
  }

  private static Object whole(Shape.Whole shape, String text) throws Misfit {
    BigDecimal number = number(text, "an integer");
    boolean isInt = shape.type() == int.class;
    try {
      if (isInt) {
        return number.intValueExact();
      }
      return number.longValueExact();
    } catch (ArithmeticException unfit) {
      boolean fraction = number.stripTrailingZeros().scale() > 0;
      String range =
          isInt
              ? Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
              : Long.MIN_VALUE + " to " + Long.MAX_VALUE;
      throw new Misfit(
          fraction ? "wrong type" : "out of range",
          fraction ? "an integer" : "an integer in " + range,
          "");
    }
  }

  private static Double real(String text) throws Misfit {
    double value = number(text, "a finite number").doubleValue();
    if (Double.isInfinite(value)) {
      throw new Misfit("out of range", "a finite number", "");
    }
    return value;
  }

  private static BigDecimal number(String text, String expected) throws Misfit {
    try {
      BigDecimal number = new BigDecimal(text.trim());
      if (Math.abs((long) number.precision() - number.scale()) > 1000) {
        throw new Misfit("out of range", expected, "");
      }
      return number;
    } catch (NumberFormatException unfit) {
      throw new Misfit("wrong type", expected, "");
    }
  }

  private static Duration span(ConfigValue value) throws Misfit {
    try {
      Config config = value.atKey("span");
      return config.getDuration("span");
    } catch (ConfigException unfit) {
      throw new Misfit("wrong type", "a duration such as 90s, 10m or 2h", "");
    }
  }

  private static Object constant(Shape.Choice choice, String text) throws Misfit {
    for (Object constant : choice.type().getEnumConstants()) {
      if (Shape.Choice.name((Enum<?>) constant).equals(text)) {
        return constant;
      }
    }
    String remedy =
        Nearest.of(text.toLowerCase(Locale.ROOT).replace('_', '-'), choice.names())
            .map(name -> "did you mean " + name + "?")
            .orElse("");
    throw new Misfit("no such value", "one of " + String.join(", ", choice.names()), remedy);
  }

  private static Object parsed(Shape.Parsed shape, String text) throws Misfit {
    try {
      return shape.parse().invoke(null, text);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof IllegalArgumentException unfit) {
        throw new Misfit(String.valueOf(unfit.getMessage()), "", "");
      }
      throw new IllegalStateException(shape.parse() + " failed", thrown.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(shape.parse() + " is not public", impossible);
    }
  }
}
