// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What may stand at a key: the type of a record component, as the binder sees it. */
sealed interface Shape {
  /** As help and messages spell it. */
  String describe();

  /** Any text. */
  record Text() implements Shape {
    @Override
    public String describe() {
      return "text";
    }
  }

  /** An integer of a Java type: {@code int} or {@code long}. */
  record Whole(Class<?> type) implements Shape {
    @Override
    public String describe() {
      return "integer";
    }
  }

  /** A finite number. */
  record Real() implements Shape {
    @Override
    public String describe() {
      return "number";
    }
  }

  /** A truth value. */
  record Flag() implements Shape {
    @Override
    public String describe() {
      return "true | false";
    }
  }

  /** A length of time. */
  record Span() implements Shape {
    @Override
    public String describe() {
      return "duration such as 90s, 10m or 2h";
    }
  }

  /** One of the constants of an enum, in kebab-case. */
  record Choice(Class<?> type) implements Shape {
    /** The names, as configurations spell them, in the order of the constants. */
    List<String> names() {
      return Arrays.stream(type.getEnumConstants()).map(each -> name((Enum<?>) each)).toList();
    }

    static String name(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String describe() {
      return String.join(" | ", names());
    }
  }

  /** Text that a static method {@code parse(String)} of the type reads. */
  record Parsed(Method parse) implements Shape {
    @Override
    public String describe() {
      return "text";
    }
  }

  /** A list. */
  record Sequence(Shape element) implements Shape {
    @Override
    public String describe() {
      return "list of " + element.describe();
    }
  }

  /** Entries of free names. */
  record Dictionary(Shape element) implements Shape {
    @Override
    public String describe() {
      return "{ name = " + element.describe() + " }";
    }
  }

  /** What may be absent; the holder is one of the four Optional classes. */
  record Maybe(Class<?> holder, Shape element) implements Shape {
    @Override
    public String describe() {
      return element.describe();
    }
  }

  /** A block of keys: a record. */
  record Block(Class<?> type, List<Slot> slots) implements Shape {
    /** The names of the keys in this block, those of inlined records among them. */
    List<String> names() {
      List<String> names = new ArrayList<>();
      for (Slot slot : slots) {
        if (slot.inline()) {
          names.addAll(((Block) slot.shape()).names());
        } else {
          names.add(slot.name());
        }
      }
      return names;
    }

    /** The slot of a key in this block or in an inlined one. */
    Optional<Slot> slot(String name) {
      for (Slot slot : slots) {
        Optional<Slot> found =
            slot.inline()
                ? ((Block) slot.shape()).slot(name)
                : Optional.of(slot).filter(each -> each.name().equals(name));
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }

    Constructor<?> constructor() {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      try {
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor;
      } catch (NoSuchMethodException impossible) {
        throw new IllegalStateException(type + " has no canonical constructor", impossible);
      }
    }

    @Override
    public String describe() {
      return "block { " + names().stream().collect(Collectors.joining(", ")) + " }";
    }
  }

  /** The shape of a record that describes a configuration. */
  static Block of(Class<?> type) {
    return new Block(type, Arrays.stream(type.getRecordComponents()).map(Slot::of).toList());
  }

  /** The shape of a component's type; a type that cannot be bound is a programming error. */
  static Shape of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return new Text();
    }
    if (plain == int.class || plain == long.class) {
      return new Whole(plain);
    }
    if (plain == Integer.class || plain == Long.class) {
      return new Whole(plain == Integer.class ? int.class : long.class);
    }
    if (plain == double.class || plain == Double.class) {
      return new Real();
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return new Flag();
    }
    if (plain == Duration.class) {
      return new Span();
    }
    if (plain == OptionalInt.class) {
      return new Maybe(plain, new Whole(int.class));
    }
    if (plain == OptionalLong.class) {
      return new Maybe(plain, new Whole(long.class));
    }
    if (plain == OptionalDouble.class) {
      return new Maybe(plain, new Real());
    }
    if (plain.isEnum()) {
      return new Choice(plain);
    }
    return parseMethod(plain)
        .<Shape>map(Parsed::new)
        .orElseGet(
            () -> {
              if (plain.isRecord()) {
                return of(plain);
              }
              throw new IllegalStateException("a configuration cannot hold " + plain);
            });
  }

  private static Shape ofGeneric(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return new Maybe(Optional.class, of(arguments[0]));
    }
    if (type.getRawType() == List.class) {
      return new Sequence(of(arguments[0]));
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      return new Dictionary(of(arguments[1]));
    }
    throw new IllegalStateException("a configuration cannot hold " + type);
  }

  private static Optional<Method> parseMethod(Class<?> type) {
    try {
      Method parse = type.getMethod("parse", String.class);
      boolean fits =
          Modifier.isStatic(parse.getModifiers()) && type.isAssignableFrom(parse.getReturnType());
      parse.setAccessible(true);
      return fits ? Optional.of(parse) : Optional.empty();
    } catch (NoSuchMethodException absent) {
      return Optional.empty();
    }
  }
}
