package dev.slipway.scripting;

import dev.slipway.api.script.ScriptFault;
import dev.slipway.scriptworker.wire.FrameWriter;
import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Message;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A check of a source as the host sees it. */
final class CheckExchange implements Exchange {
  private @Nullable List<ScriptFault> faults;
  private @Nullable Limit passed;

  /** What was found, once it is over. */
  List<ScriptFault> faults() {
    return faults == null ? List.of(ScriptFault.of("The source can not be loaded.")) : faults;
  }

  @Override
  public boolean over() {
    return faults != null;
  }

  @Override
  public void heard(Message message, FrameWriter out) throws IOException {
    if (!(message instanceof Message.Checked(var found))) {
      throw new IOException("not now: " + message.getClass().getSimpleName());
    }
    faults = found.stream().map(Words::fault).toList();
  }

  @Override
  public void passed(Limit limit) {
    passed = limit;
  }

  @Override
  public void lost(boolean outOfMemory) {
    var limit = outOfMemory ? Limit.MEMORY : passed == null ? Limit.WALL : passed;
    faults =
        List.of(
            new ScriptFault(
                "Loading the script passes the limit of "
                    + limit.name().toLowerCase(Locale.ROOT)
                    + ".",
                1,
                1,
                null));
  }

  @Override
  public void close() {}
}
