// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lemma.kit.io.StrictJson;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.features.FeatureSpec;
import dev.lemma.math.features.FrequencyDesign;
import dev.lemma.math.features.KernelFunction;
import dev.lemma.math.features.NormDesign;
import dev.lemma.math.linalg.Precision;
import dev.lemma.projection.Specification;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * All that decides the features of a row. Its JSON form is the model file, written to be read by
 * eye; two runs with equal {@link #hash} share one space.
 *
 * @param map kernel, bandwidth, frequencies
 * @param precision type of arithmetic and output
 */
public record FeatureSpecification(FeatureSpec map, Precision precision) {
  private static final String KIND = "random-features";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> KEYS =
      Set.of(
          "lemma",
          "version",
          "kernel-function",
          "smoothness",
          "bandwidth",
          "frequencies",
          "norms",
          "k",
          "d",
          "seed",
          "precision");

  /** Refuses null. */
  public FeatureSpecification {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(precision, "precision");
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the compact JSON form. */
  public String hash() {
    return Specification.hash(tree().toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The JSON form, indented. */
  public String json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode tree() {
    ObjectNode root = JSON.createObjectNode();
    root.put("lemma", KIND);
    root.put("version", FeatureSpec.VERSION);
    root.put("kernel-function", KernelChoice.of(map.kernel()).key());
    if (map.kernel() instanceof KernelFunction.Matern matern) {
      root.put("smoothness", matern.smoothness());
    }
    root.put("bandwidth", map.kernel().bandwidth());
    root.put("frequencies", Specification.key(map.frequencies()));
    root.put("norms", Specification.key(map.norms()));
    root.put("k", map.k());
    root.put("d", map.d());
    root.put("seed", map.seed());
    root.put("precision", Specification.key(precision));
    return root;
  }

  /**
   * Reads the JSON form. Strict: a number that is none, or a key that is not known, would be other
   * features without a word.
   *
   * @param json what {@link #json} wrote
   * @param where the file, for the message
   * @throws LemmaException (code 3) if it is not a specification that this version can honour
   */
  public static FeatureSpecification parse(String json, String where) {
    try {
      JsonNode root = StrictJson.parse(json);
      if (!KIND.equals(root.path("lemma").asText())) {
        throw unusable(where, "is no specification of random features", "", KIND, null);
      }
      int version = StrictJson.small(root, "version");
      if (version != FeatureSpec.VERSION) {
        throw unusable(
            where,
            "was written by another version of Lemma",
            "version " + version,
            "version " + FeatureSpec.VERSION,
            null);
      }
      StrictJson.requireKnown(root, KEYS);
      return new FeatureSpecification(
          map(root), Specification.constant(Precision.class, StrictJson.text(root, "precision")));
    } catch (JsonProcessingException e) {
      throw unusable(where, "cannot be read as a specification", "text that is no JSON", "", e);
    } catch (IllegalArgumentException e) {
      throw unusable(where, "cannot be read as a specification", e.getMessage(), "", e);
    }
  }

  private static FeatureSpec map(JsonNode root) {
    KernelChoice kernel =
        Specification.constant(KernelChoice.class, StrictJson.text(root, "kernel-function"));
    double smoothness =
        kernel == KernelChoice.MATERN ? StrictJson.number(root, "smoothness") : Double.NaN;
    if (kernel != KernelChoice.MATERN && root.has("smoothness")) {
      throw new IllegalArgumentException("smoothness belongs to the Matern kernel alone");
    }
    return new FeatureSpec(
        kernel.of(StrictJson.number(root, "bandwidth"), smoothness),
        Specification.constant(FrequencyDesign.class, StrictJson.text(root, "frequencies")),
        Specification.constant(NormDesign.class, StrictJson.text(root, "norms")),
        StrictJson.small(root, "k"),
        StrictJson.small(root, "d"),
        StrictJson.whole(root, "seed"));
  }

  private static LemmaException unusable(
      String where, String what, String found, String expected, Throwable cause) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            where,
            what,
            found,
            expected,
            "give the output.path of a run of job features of this version of Lemma"),
        cause);
  }
}
