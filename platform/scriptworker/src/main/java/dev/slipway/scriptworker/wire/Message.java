package dev.slipway.scriptworker.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What host and worker say to each other; texts are UTF-8, values are JSON texts. */
public sealed interface Message {
  /**
   * To the worker: run a script.
   *
   * @param key equal keys mean equal sources, so that a parsed one is used again
   * @param name of the file that stack traces name
   * @param now milliseconds since 1970 that the script is told; 0 where it is told the time
   * @param functions what the host offers besides logging, as dotted paths below {@code api}
   */
  record Run(
      String key,
      String name,
      String source,
      String event,
      long now,
      List<String> functions,
      Limits limits)
      implements Message {
    public Run {
      functions = List.copyOf(functions);
    }
  }

  /** To the worker: parse and load a script without running it. */
  record Check(String name, String source, Limits limits) implements Message {}

  /** To the worker: the result of a call. */
  record Answer(int call, String value) implements Message {}

  /** To the worker: a call was refused; the script may catch that. */
  record Refusal(int call, String code, String message) implements Message {}

  /** To the worker: the run is over, because the script has called for more than it may. */
  record Stop(int call) implements Message {}

  /** From the worker: it is warm, and fit for what comes next. */
  record Ready() implements Message {}

  /** From the worker: a function of the host is called with a JSON array. */
  record Call(int call, String function, String arguments) implements Message {}

  /** From the worker: a line of the script's log. */
  record Log(Level level, String text) implements Message {}

  /** From the worker: a limit is passed and the script is being ended. */
  record Passed(Limit limit) implements Message {}

  /** From the worker: the script has returned a value. */
  record Returned(String value, Usage usage) implements Message {}

  /** From the worker: the script has failed. */
  record Failed(Fault fault, Usage usage) implements Message {}

  /** From the worker: the script was ended at a limit. */
  record Ended(Limit limit, Usage usage) implements Message {}

  /** From the worker: what a check has found; empty where the script is in order. */
  record Checked(List<Fault> faults) implements Message {
    public Checked {
      faults = List.copyOf(faults);
    }
  }

  /** Levels of a script's log. */
  enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** What a run has used. */
  record Usage(int cpuMillis, int wallMillis) {}

  /**
   * What is wrong and where.
   *
   * @param line from 1; 0 where no place is known
   * @param column from 1; 0 where no place is known
   * @param stack one frame a line; null where there is none
   */
  record Fault(String message, int line, int column, @Nullable String stack) {}
}
