import dev.slipway.scriptworker.Host;
import dev.slipway.scriptworker.graal.GraalEngine;
import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Limits;
import dev.slipway.scriptworker.wire.Message;
import java.util.List;
import java.util.Locale;

/** A worker's engine without pipes or a platform: prints runs per second on one thread. */
public final class InWorker implements Host {
  private static final Limits LIMITS =
      new Limits(1000, 1000, 500, 128L << 20, 8 << 20, 8 << 20, 256 << 10, 200);

  public static void main(String[] arguments) {
    var engine = new GraalEngine();
    engine.warm();
    var run =
        new Message.Run(
            "key", "tiny.js", arguments[0], arguments[1], 0, List.of("kv.get", "notify"), LIMITS);
    count(engine, run, Double.parseDouble(arguments[2]));
    System.out.printf(Locale.ROOT, "%.1f%n", count(engine, run, Double.parseDouble(arguments[3])));
    System.exit(0);
  }

  private static double count(GraalEngine engine, Message.Run run, double seconds) {
    var host = new InWorker();
    var begin = System.nanoTime();
    var runs = 0;
    while (System.nanoTime() - begin < seconds * 1e9) {
      if (!(engine.run(run, host) instanceof Message.Returned)) {
        throw new IllegalStateException("the script does not run");
      }
      runs++;
    }
    return runs / ((System.nanoTime() - begin) / 1e9);
  }

  @Override
  public Message call(String function, String arguments) {
    throw new IllegalStateException(function);
  }

  @Override
  public void log(Message.Level level, String text) {}

  @Override
  public void passed(Limit limit) {}
}
