// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.config.Bound;
import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.config.Redaction;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.JobRunner;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.RunMode;
import dev.lemma.kit.run.Version;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the command line and does what it says. */
final class LemmaCommand {
  private final Jobs jobs;
  private final PrintStream out;
  private final PrintStream err;

  LemmaCommand(Jobs jobs, PrintStream out, PrintStream err) {
    this.jobs = jobs;
    this.out = out;
    this.err = err;
  }

  ExitCode run(String[] args) {
    CommandLine line = new CommandLine(new Words.Root()).addSubcommand(new Words.Help());
    jobs.all().forEach(job -> line.addSubcommand(job.name(), new Words.ForJob(job)));
    line.setExpandAtFiles(false);
    String name = "lemma";
    try {
      ParseResult parsed = line.parseArgs(args);
      ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
      Object words = last.commandSpec().userObject();
      if (words instanceof Words.ForJob forJob) {
        name = "lemma " + forJob.job.name();
        return forJob.help ? help(forJob.job) : start(forJob.job, forJob);
      }
      return words instanceof Words.Help help ? help(help) : root((Words.Root) words);
    } catch (ParameterException wrong) {
      return tell(commandName(wrong), ExitCode.USAGE, List.of(problem(wrong)));
    } catch (LemmaException refused) {
      return tell(name, refused.code(), refused.problems());
    } catch (RuntimeException unforeseen) {
      String what = unforeseen.getClass().getSimpleName() + ": " + unforeseen.getMessage();
      String remedy = "this is a fault of Lemma; please report it with the command";
      return tell(name, ExitCode.UNEXPECTED, List.of(Problem.of("", what, remedy)));
    }
  }

  private ExitCode root(Words.Root words) {
    if (words.version) {
      out.println("lemma " + Version.current());
    } else {
      JobTable.print(jobs, out);
    }
    return ExitCode.DONE;
  }

  private ExitCode help(Words.Help words) {
    if (words.job == null) {
      JobTable.print(jobs, out);
      return ExitCode.DONE;
    }
    Optional<Job<?>> job = jobs.find(words.job);
    return job.isPresent()
        ? help(job.get())
        : tell("lemma help", ExitCode.USAGE, List.of(noSuchJob(words.job)));
  }

  private ExitCode help(Job<?> job) {
    JobHelp.print(job, out);
    return ExitCode.DONE;
  }

  private <C extends Record> ExitCode start(Job<C> job, Words.ForJob words) {
    Bound<C> bound = ConfigLoader.of(words.files, words.assignments).load(job.configuration());
    RunMode mode = words.dryRun ? RunMode.DRY_RUN : RunMode.RUN;
    return JobRunner.run(job, bound.config(), bound.resolved(), mode, out, err);
  }

  /** One line for each problem; the last one says how the command ended. */
  private ExitCode tell(String name, ExitCode code, List<Problem> problems) {
    String count = problems.size() > 1 ? ", " + problems.size() + " problems" : "";
    String verdict = "failed (exit code " + code.code() + count + "): ";
    for (int i = 0; i < problems.size(); i++) {
      String lead = i == problems.size() - 1 ? verdict : "";
      String line = Redaction.maskText(problems.get(i).line());
      err.println(name + ": " + lead + line.replaceAll("\\p{Cntrl}+", " "));
    }
    err.flush();
    return code;
  }

  private static String commandName(ParameterException wrong) {
    return wrong.getCommandLine().getCommandSpec().qualifiedName(" ");
  }

  /** Picocli's own messages quote whole arguments, and those may hold secrets. */
  private Problem problem(ParameterException wrong) {
    Object words = wrong.getCommandLine().getCommandSpec().userObject();
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      boolean isOption = first.startsWith("-");
      if (isOption) {
        String option = first.replaceFirst("=.*", "");
        String remedy =
            words instanceof Words.ForJob
                ? "options are --config FILE, --dry-run and --help; all else is KEY=VALUE"
                : "run lemma without words to see what it can do";
        return Problem.of("command line", "no such option " + option, remedy);
      }
      if (words instanceof Words.Root) {
        return noSuchJob(first);
      }
      return Problem.of("command line", "too many words", "write lemma help JOB");
    }
    if (wrong instanceof CommandLine.MissingParameterException) {
      return Problem.of("command line", "--config has no value", "write --config FILE");
    }
    return Problem.of(
        "command line", "an option is given wrongly", "write --config FILE, --dry-run, --help");
  }

  private Problem noSuchJob(String name) {
    String remedy =
        jobs.nearest(name)
            .map(near -> "did you mean " + near + "?")
            .orElse("run lemma without words to see the jobs");
    return Problem.of("command line", "no job is called \"" + name + "\"", remedy);
  }
}
