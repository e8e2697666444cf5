// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.io.StrictJson;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.Weighting;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the JSON form of a {@link Specification}. Strict: a number that is none, or a key that is
 * not known, would be another space without a word.
 */
final class SpecificationReader {
  private static final Set<String> KEYS =
      Set.of(
          "lemma",
          "version",
          "family",
          "seed",
          "k",
          "d",
          "nonzeros",
          "density",
          "precision",
          "text");
  private static final Set<String> TEXT_KEYS =
      Set.of("tokenizer", "unit", "min-gram", "max-gram", "weighting", "norm", "frequencies");

  private final String where;

  /**
   * @param where the file, for messages
   */
  SpecificationReader(String where) {
    this.where = where;
  }

  Specification read(String json) {
    try {
      JsonNode root = StrictJson.parse(json);
      if (!Specification.KIND.equals(root.path("lemma").asText())) {
        throw unusable("is not a projection's specification", "", Specification.KIND, null);
      }
      requireVersion(
          "was written by another version of Lemma", root, "version", ProjectionSpec.VERSION);
      StrictJson.requireKnown(root, KEYS);
      ProjectionSpec matrix = matrix(root);
      Precision precision =
          Specification.constant(Precision.class, StrictJson.text(root, "precision"));
      if (!root.has("text")) {
        return new Specification(matrix, precision, Optional.empty(), Optional.empty());
      }
      JsonNode node = root.get("text");
      requireVersion("was made with another tokenizer", node, "tokenizer", TextSpec.VERSION);
      StrictJson.requireKnown(node, TEXT_KEYS);
      Optional<String> frequencies =
          node.has("frequencies")
              ? Optional.of(StrictJson.text(node, "frequencies"))
              : Optional.empty();
      return new Specification(matrix, precision, Optional.of(textSpec(node)), frequencies);
    } catch (JsonProcessingException e) {
      throw unusable("cannot be read as a specification", "text that is no JSON", "", e);
    } catch (IllegalArgumentException e) {
      throw unusable("cannot be read as a specification", e.getMessage(), "", e);
    }
  }

  private static ProjectionSpec matrix(JsonNode root) {
    return new ProjectionSpec(
        Family.parse(StrictJson.text(root, "family")),
        StrictJson.whole(root, "seed"),
        StrictJson.small(root, "k"),
        root.has("d") ? OptionalLong.of(StrictJson.whole(root, "d")) : OptionalLong.empty(),
        root.has("nonzeros") ? StrictJson.small(root, "nonzeros") : 0,
        root.has("density") ? StrictJson.number(root, "density") : 0);
  }

  private static TextSpec textSpec(JsonNode node) {
    return new TextSpec(
        Specification.constant(TextUnit.class, StrictJson.text(node, "unit")),
        StrictJson.small(node, "min-gram"),
        StrictJson.small(node, "max-gram"),
        Specification.constant(Weighting.class, StrictJson.text(node, "weighting")),
        Specification.constant(RowNorm.class, StrictJson.text(node, "norm")));
  }

  private void requireVersion(String what, JsonNode node, String key, int known) {
    int version = StrictJson.small(node, key);
    if (version != known) {
      throw unusable(what, "version " + version, "version " + known, null);
    }
  }

  private LemmaException unusable(String what, String found, String expected, Throwable cause) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            where, what, found, expected, "give the output.path of a run of this version of Lemma"),
        cause);
  }
}
