package dev.slipway.scriptworker.graal;

import dev.slipway.scriptworker.Host;
import dev.slipway.scriptworker.ScriptEngine;
import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Limits;
import dev.slipway.scriptworker.wire.Message;
import dev.slipway.scriptworker.wire.Message.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/**
 * GraalJS with one engine for all scripts and a context for each run. Policy {@code TRUSTED} with
 * everything denied by hand, because only that one takes the limits of text and array length.
 */
public final class GraalEngine implements ScriptEngine {
  private static final String JS = "js";
  private static final String MODULE = "application/javascript+module";

  /** Constant, since the engine wants the same of all contexts. */
  private static final Map<String, String> LANGUAGE =
      Map.ofEntries(
          Map.entry("js.esm-eval-returns-exports", "true"),
          Map.entry("js.load", "false"),
          Map.entry("js.print", "false"),
          Map.entry("js.console", "false"),
          Map.entry("js.graal-builtin", "false"),
          Map.entry("js.allow-eval", "false"),
          Map.entry("js.shared-array-buffer", "false"),
          Map.entry("js.webassembly", "false"),
          Map.entry("js.java-package-globals", "false"),
          Map.entry("js.unhandled-rejections", "none"));

  private final Engine engine =
      Engine.newBuilder(JS)
          .allowExperimentalOptions(true)
          .option("engine.WarnInterpreterOnly", "false")
          .out(OutputStream.nullOutputStream())
          .err(OutputStream.nullOutputStream())
          .build();
  private final Source frame = source(resource("frame.js"), "slipway:frame", null);
  private final Sources sources = new Sources();
  private final Watchdog watchdog = new Watchdog();
  private volatile boolean spoiled;

  /** Reads a source as an ES module. */
  static Source module(String name, String text) {
    return source(text, name, MODULE);
  }

  private static Source source(
      String text, String name, @org.jspecify.annotations.Nullable String mediaType) {
    return Source.newBuilder(JS, text, name)
        .mimeType(mediaType)
        .internal(mediaType == null)
        .buildLiteral();
  }

  @Override
  public void warm() {
    new WarmUp(this).run();
  }

  @Override
  public boolean spoiled() {
    return spoiled;
  }

  @Override
  public Message run(Message.Run run, Host host) {
    var watch = watchdog.begin(run.limits(), host);
    var imports = Imports.find(run.source());
    if (imports != null) {
      watch.end();
      return failed(imports, watch);
    }
    var bridge = new Bridge(host, watch, run.limits());
    var context = context(run.limits());
    try {
      watch.guard(context);
      var outcome = bridge.outcome(enter(context, run, bridge));
      return outcome instanceof Outcome.Value(var json)
          ? new Message.Returned(json, watch.usage())
          : failed(((Outcome.Failure) outcome).fault(), watch);
    } catch (PolyglotException failure) {
      return thrown(failure, watch);
    } catch (StackOverflowError | OutOfMemoryError exhausted) {
      spoiled = true;
      return new Message.Ended(
          exhausted instanceof OutOfMemoryError ? Limit.MEMORY : Limit.STACK, watch.usage());
    } finally {
      watch.end();
      close(context);
    }
  }

  /** Returns whether the script's default export was called. */
  private boolean enter(Context context, Message.Run run, Bridge bridge) {
    var invoke =
        context
            .eval(frame)
            .execute(
                bridge.calls(),
                bridge.logs(),
                String.join("\n", run.functions()),
                (double) run.now());
    var main = exported(context, sources.get(run.key(), run.name(), run.source()));
    if (main == null) {
      return false;
    }
    invoke.execute(main, run.event(), bridge.returns(), bridge.fails());
    return true;
  }

  private static @org.jspecify.annotations.Nullable Value exported(Context context, Source module) {
    var exports = context.eval(module);
    var main = exports.hasMember("default") ? exports.getMember("default") : null;
    return main != null && main.canExecute() ? main : null;
  }

  private static Message failed(Fault fault, Watch watch) {
    return new Message.Failed(fault, watch.usage());
  }

  private Message thrown(PolyglotException failure, Watch watch) {
    var passed = watch.passed();
    if (passed != null) {
      return new Message.Ended(passed, watch.usage());
    }
    var limit = Faults.limit(failure);
    if (limit != null) {
      spoiled |= limit == Limit.MEMORY;
      return new Message.Ended(limit, watch.usage());
    }
    spoiled |= failure.isInternalError();
    return failed(Faults.of(failure), watch);
  }

  @Override
  public List<Fault> check(Message.Check check) {
    var imports = Imports.find(check.source());
    if (imports != null) {
      return List.of(imports);
    }
    var watch = watchdog.begin(check.limits(), Silence.HOST);
    var context = context(check.limits());
    try {
      watch.guard(context);
      var module = module(check.name(), check.source());
      context.parse(module);
      return exported(context, module) == null ? List.of(Faults.NO_EXPORT) : List.of();
    } catch (PolyglotException failure) {
      return faults(failure, watch, check.name());
    } catch (StackOverflowError | OutOfMemoryError exhausted) {
      spoiled = true;
      return List.of(new Fault("The source is nested too deep or too large.", 0, 0, null));
    } finally {
      watch.end();
      close(context);
    }
  }

  private List<Fault> faults(PolyglotException failure, Watch watch, String file) {
    var passed = watch.passed() != null ? watch.passed() : Faults.limit(failure);
    if (passed != null) {
      spoiled |= passed == Limit.MEMORY;
      return List.of(Faults.limitWhileLoading(passed));
    }
    return Faults.allOf(failure, file);
  }

  private Context context(Limits limits) {
    var builder =
        Context.newBuilder(JS)
            .engine(engine)
            .allowExperimentalOptions(true)
            .allowAllAccess(false)
            .allowHostAccess(HostAccess.NONE)
            .allowHostClassLookup(null)
            .allowHostClassLoading(false)
            .allowPolyglotAccess(PolyglotAccess.NONE)
            .allowIO(IOAccess.NONE)
            .allowCreateThread(false)
            .allowCreateProcess(false)
            .allowNativeAccess(false)
            .allowEnvironmentAccess(EnvironmentAccess.NONE)
            .allowInnerContextOptions(false)
            .allowValueSharing(false)
            .in(InputStream.nullInputStream())
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .options(LANGUAGE)
            .option("js.string-length-limit", Integer.toString(limits.stringChars()))
            .option("js.max-typed-array-length", Integer.toString(limits.arrayElements()))
            .option("sandbox.MaxCPUTime", limits.cpuMillis() + "ms")
            .option("sandbox.MaxStackFrames", Integer.toString(limits.stackFrames()));
    return builder.build();
  }

  /** A context that was ended at a limit says so again when it is closed. */
  private static void close(Context context) {
    try {
      context.close(true);
    } catch (PolyglotException ended) {
      // Known already.
    }
  }

  private static String resource(String name) {
    try (var in = GraalEngine.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
