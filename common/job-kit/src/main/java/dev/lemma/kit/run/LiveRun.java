// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.io.Publication;
import dev.lemma.kit.io.Publisher;
import dev.lemma.kit.io.SourceSize;
import dev.lemma.kit.report.Page;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** The run that a job sees. */
final class LiveRun implements Run {
  /** Events that are still on their way after this are left out of a phase's counts. */
  private static final long EVENTS_MILLIS = 2000;

  private static final double NANOS = 1e9;

  private final RunRecord record;
  private final RunMode mode;
  private final Session session;
  private final Optional<Publisher> publisher;
  private final Console console;
  private final Page page;
  private final PrintStream out;
  private final PhaseMeter meter = new PhaseMeter();

  /** Rows that the driver itself had written when the phase began. */
  private volatile long rowsBefore;

  private boolean listening;
  private long failedTasks;
  private volatile String phase = "";
  private volatile Step keep = () -> {};

  LiveRun(
      RunRecord record,
      RunMode mode,
      Session session,
      Optional<Publisher> publisher,
      Console console,
      Page page,
      PrintStream out) {
    this.record = record;
    this.mode = mode;
    this.session = session;
    this.publisher = publisher;
    this.console = console;
    this.page = page;
    this.out = out;
  }

  @Override
  public String id() {
    return record.run();
  }

  @Override
  public RunMode mode() {
    return mode;
  }

  @Override
  public SparkSession spark() {
    SparkSession spark = session.get();
    if (!listening) {
      listening = true;
      record.session(Optional.of(spark));
      spark.sparkContext().addSparkListener(meter);
      if (!phase.isEmpty()) {
        mark(spark.sparkContext(), phase);
      }
    }
    return spark;
  }

  @Override
  public void phase(String name, Step work) {
    phase(
        name,
        () -> {
          work.run();
          return null;
        });
  }

  @Override
  public <T> T phase(String name, Callable<T> work) {
    if (!phase.isEmpty()) {
      throw new IllegalStateException("phase " + name + " begins inside phase " + phase);
    }
    publisher.filter(p -> mode == RunMode.RUN).ifPresent(Publisher::verifyLease);
    phase = name;
    rowsBefore = rowsOfDriver();
    session.started().ifPresent(spark -> mark(spark.sparkContext(), name));
    Progress progress = new Progress(console);
    long start = System.nanoTime();
    progress.begin(() -> counts(name, start));
    boolean well = false;
    try {
      T result = work.call();
      well = true;
      phase = "";
      return result;
    } catch (Exception e) {
      throw LiveRun.<RuntimeException>unchecked(e);
    } finally {
      session.started().ifPresent(spark -> drain(spark.sparkContext()));
      PhaseCounts counts = counts(name, start);
      failedTasks += counts.tasksFailed();
      record.phase(counts);
      progress.end(counts, well);
      session.started().ifPresent(spark -> spark.sparkContext().clearJobGroup());
    }
  }

  /** The phase that was begun and has not ended well; empty between phases. */
  String currentPhase() {
    return phase;
  }

  private void mark(SparkContext context, String name) {
    context.setJobGroup(id(), name, false);
    context.setLocalProperty(PhaseMeter.PROPERTY, property(name));
  }

  private String property(String name) {
    return id() + " " + name;
  }

  private PhaseCounts counts(String name, long start) {
    return meter
        .counts(property(name), name, (System.nanoTime() - start) / NANOS)
        .plusWritten(rowsOfDriver() - rowsBefore);
  }

  private long rowsOfDriver() {
    return publisher.map(Publisher::rowsOfDriver).orElse(0L);
  }

  private static void drain(SparkContext context) {
    try {
      if (!context.isStopped()) {
        context.listenerBus().waitUntilEmpty(EVENTS_MILLIS);
      }
    } catch (Exception e) {
      if (!(e instanceof TimeoutException)) {
        throw LiveRun.<RuntimeException>unchecked(e);
      }
    }
  }

  /** Lets a checked exception pass a signature that does not name it. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> E unchecked(Exception e) throws E {
    throw (E) e;
  }

  /** Takes the listener off a session that lives on. */
  void close() {
    session
        .started()
        .filter(spark -> listening && !spark.sparkContext().isStopped())
        .ifPresent(
            spark -> {
              spark.sparkContext().removeSparkListener(meter);
              spark.sparkContext().clearJobGroup();
              spark.sparkContext().setLocalProperty(PhaseMeter.PROPERTY, null);
            });
  }

  @Override
  public Publication publication() {
    if (mode == RunMode.DRY_RUN) {
      throw new IllegalStateException("a dry run writes nothing");
    }
    return publisher
        .orElseThrow(() -> new IllegalStateException("the job has no output"))
        .publication();
  }

  @Override
  public void metric(String name, Object value) {
    record.metric(name, value);
  }

  @Override
  public void answer(String text) {
    console.clear();
    out.println(text);
    out.flush();
  }

  @Override
  public boolean mayRepeatTasks() {
    return failedTasks > 0
        || session
            .started()
            .map(spark -> spark.sparkContext().getConf().getBoolean("spark.speculation", false))
            .orElse(false);
  }

  @Override
  public String configuration() {
    return record.configuration();
  }

  @Override
  public void warn(String message) {
    record.warn(message);
    console.note("warning: " + message);
  }

  @Override
  public void input(String name, String path) {
    try {
      if (publisher.isPresent()) {
        publisher.get().requireApart(name, path);
      }
      record.input(name, new Manifest.Input(path, SourceSize.below(path, session.hadoop())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inputNamed(String name, String description) {
    record.source(name, description);
  }

  @Override
  public void rows(long read, long written, long rejected) {
    record.rows(read, written, rejected);
  }

  @Override
  public void bits(Bits bits) {
    record.bits(bits);
  }

  @Override
  public Page report() {
    return page;
  }

  @Override
  public void atSignal(Step step) {
    keep = step;
  }

  /** What is to be kept when a signal ends the run. */
  Step keep() {
    return keep;
  }

  @Override
  public void gate(Problem problem) {
    throw new LemmaException(ExitCode.GATE, problem);
  }
}
