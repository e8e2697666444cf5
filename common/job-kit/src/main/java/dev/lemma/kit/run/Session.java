// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The Spark session of a run, started when first asked for.
 *
 * <p>A session that the process has already (a notebook, a test) is used and left running, with the
 * run's settings in force meanwhile as far as a running session takes them. Otherwise one is
 * started, and stopped at the end: what spark-submit or system properties set wins over the
 * configuration; without a master it is this machine, without web pages.
 */
final class Session {
  private final SparkConf conf;
  private final Map<String, String> settings;
  private final Map<String, Optional<String>> replaced = new HashMap<>();
  private volatile Optional<SparkSession> session = Optional.empty();
  private boolean owned;

  private Session(SparkConf conf, Map<String, String> settings) {
    this.conf = conf;
    this.settings = settings;
  }

  /** A session for the job, with the settings of {@code spark.conf}. */
  static Session of(String job, Map<String, String> settings) {
    return new Session(conf(job, settings), settings);
  }

  static SparkConf conf(String job, Map<String, String> settings) {
    SparkConf conf = new SparkConf(true);
    settings.forEach(conf::setIfMissing);
    conf.setIfMissing("spark.app.name", "lemma-" + job);
    if (!conf.contains("spark.master")) {
      conf.set("spark.master", "local[*]");
      conf.setIfMissing("spark.ui.enabled", "false");
    }
    // A native BLAS would otherwise start its own threads in each of an executor's tasks.
    conf.setIfMissing("spark.executorEnv.OPENBLAS_NUM_THREADS", "1");
    if (conf.get("spark.master").matches("local(\\[.*)?")) {
      // A task without memory would otherwise end the whole process, which could not tell why.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    }
    return conf;
  }

  /** The session, started now if need be. */
  synchronized SparkSession get() {
    if (session.isEmpty()) {
      Optional<SparkSession> running = running();
      owned = running.isEmpty();
      running.ifPresent(this::lend);
      session =
          Optional.of(running.orElseGet(() -> SparkSession.builder().config(conf).getOrCreate()));
    }
    return session.get();
  }

  /** The session if it was started. */
  Optional<SparkSession> started() {
    return session;
  }

  /** How file systems are reached, without starting a session. */
  Configuration hadoop() {
    Optional<SparkSession> running = session.or(Session::running);
    return running
        .map(spark -> spark.sparkContext().hadoopConfiguration())
        .orElseGet(() -> SparkHadoopUtil.get().newConfiguration(conf));
  }

  /** Stops what was started; gives a borrowed session back as it was. */
  synchronized void close() {
    if (session.isEmpty()) {
      return;
    }
    SparkSession spark = session.get();
    if (owned) {
      spark.stop();
    } else {
      replaced.forEach(
          (key, before) -> {
            if (before.isPresent()) {
              spark.conf().set(key, before.get());
            } else {
              spark.conf().unset(key);
            }
          });
    }
    session = Optional.empty();
  }

  private void lend(SparkSession spark) {
    settings.forEach(
        (key, value) -> {
          if (spark.conf().isModifiable(key)) {
            Option<String> before = spark.conf().getOption(key);
            replaced.put(key, Optional.ofNullable(before.getOrElse(() -> null)));
            spark.conf().set(key, value);
          }
        });
  }

  private static Optional<SparkSession> running() {
    Option<SparkSession> found = SparkSession.getActiveSession();
    if (found.isEmpty()) {
      found = SparkSession.getDefaultSession();
    }
    return found.isDefined() && !found.get().sparkContext().isStopped()
        ? Optional.of(found.get())
        : Optional.empty();
  }
}
