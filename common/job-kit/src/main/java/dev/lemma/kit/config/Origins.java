// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows for each key which source had the last word, and where in it. The library's own origins
 * serve where they are enough; they forget the line once a value comes from the environment.
 */
final class Origins {
  /** How the origin of a value begins that an environment variable gave. */
  static final String ENVIRONMENT = "environment ";

  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{\\??([^}]*)\\}");

  /** The last line of a value that several lines of a file make together. */
  private static final Pattern LINES = Pattern.compile(": \\d+-(\\d+)$");

  private final List<String> files;
  private final Map<String, Origin> origins = new HashMap<>();
  private int word;

  Origins(List<String> files) {
    this.files = files;
  }

  /** The next word of the command line is read. */
  void nextWord() {
    word++;
  }

  /** Where the value at a path came from. */
  Origin of(String path, ConfigValue value) {
    ConfigOrigin own = value.origin();
    if (own.description().equals(Origin.DEFAULT.place())) {
      return Origin.DEFAULT;
    }
    Origin noted = origins.get(path);
    boolean fromEnvironment = own.description().contains(ENVIRONMENT);
    if (noted != null && (noted.environment().isEmpty() || fromEnvironment)) {
      return noted;
    }
    if (own.lineNumber() > 0 && own.filename() != null) {
      return of(own, 0);
    }
    return noted != null ? noted : nearestAncestor(path);
  }

  /** Where the key was set last, or that it was set nowhere. */
  Origin ofKey(String path) {
    return origins.getOrDefault(path, Origin.NOWHERE);
  }

  /** Of two values for one key, the one from the later source. */
  ConfigValue later(ConfigValue a, ConfigValue b) {
    return rank(b).compareTo(rank(a)) >= 0 ? b : a;
  }

  private Origin rank(ConfigValue value) {
    ConfigOrigin own = value.origin();
    if (own.filename() != null) {
      return of(own, 0);
    }
    return own.description().startsWith(Assignment.PLACE) ? commandLine() : Origin.DEFAULT;
  }

  private Origin nearestAncestor(String path) {
    for (int end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1)) {
      Origin origin = origins.get(path.substring(0, end));
      if (origin != null) {
        return origin;
      }
    }
    return commandLine();
  }

  /** A place that the library tells, or else the source of a layer as a whole. */
  Origin of(ConfigOrigin told, int layer) {
    if (told == null || told.filename() == null) {
      return layer < files.size() ? new Origin(layer, files.get(layer), 0, "") : commandLine();
    }
    int named = files.lastIndexOf(told.filename());
    int line = Math.max(0, told.lineNumber());
    return new Origin(named < 0 ? layer : named, told.filename(), line, "");
  }

  /** The word of the command line that is being read. */
  Origin commandLine() {
    return new Origin(files.size(), Assignment.PLACE, word, "");
  }

  /** Remembers where each key of a source stands; later sources overwrite. */
  void note(ConfigObject source, int layer) {
    note("", source, layer);
  }

  private void note(String path, ConfigValue value, int layer) {
    if (!path.isEmpty()) {
      boolean resolved = Layers.isResolved(value);
      origins.put(path, noted(value.origin(), layer, resolved ? "" : substitutions(value)));
    }
    if (value instanceof ConfigObject block) {
      try {
        block.forEach((name, each) -> note(Layers.child(path, name), each, layer));
      } catch (ConfigException.NotResolved delayed) {
        // Keys of a delayed object are known only after resolving; their own origins serve then.
        origins.keySet().removeIf(key -> key.startsWith(path + "."));
      }
    }
  }

  private Origin noted(ConfigOrigin own, int layer, String variables) {
    if (layer == files.size()) {
      return new Origin(layer, Assignment.PLACE, word, variables);
    }
    String place = own.filename() == null ? files.get(layer) : own.filename();
    Matcher merged = LINES.matcher(own.description());
    int line = merged.find() ? Integer.parseInt(merged.group(1)) : Math.max(0, own.lineNumber());
    return new Origin(layer, place, line, variables);
  }

  /** The names in the ${...} of an unresolved value. */
  static String substitutions(ConfigValue value) {
    TreeSet<String> names = new TreeSet<>();
    Matcher matcher = SUBSTITUTION.matcher(value.render(ConfigRenderOptions.concise()));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return String.join(", ", names);
  }
}
