// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** What a run ran on: versions that decide bits, and where. */
final class Environment {
  private Environment() {}

  /** Names and versions, sorted; those of Spark and BLAS only for a run that uses Spark. */
  static Map<String, String> of(Optional<SparkSession> session) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("java", System.getProperty("java.version") + " " + System.getProperty("java.vendor"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    session.ifPresent(
        spark -> {
          facts.put("spark", spark.version());
          facts.put("scala", scala.util.Properties.versionNumberString());
          facts.put("master", spark.sparkContext().master());
          facts.put("application", spark.sparkContext().applicationId());
          facts.put("blas", blas());
        });
    return facts;
  }

  private static String blas() {
    try {
      return dev.ludovic.netlib.blas.BLAS.getInstance().getClass().getSimpleName();
    } catch (RuntimeException | LinkageError e) {
      return "unknown";
    }
  }
}
