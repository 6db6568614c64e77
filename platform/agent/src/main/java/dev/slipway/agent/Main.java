package dev.slipway.agent;

import dev.slipway.agent.config.AgentConfig;
import dev.slipway.agent.config.ConfigurationFault;
import dev.slipway.agent.config.Environment;
import dev.slipway.agent.logs.AgentLog;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * The program. Exit codes: 0 after a restart by command (the supervisor starts it again) and after
 * SIGTERM 143 by the JVM's rule, 64 for settings it cannot start with, 70 for anything else.
 */
public final class Main {
  private static final int BAD_CONFIGURATION = 64;
  private static final int FAULT = 70;

  private Main() {}

  public static void main(String[] arguments) {
    var log = AgentLog.install();
    try {
      run(new Environment(System.getenv()).read(), log);
    } catch (ConfigurationFault e) {
      System.err.println("slipway-agent: " + e.getMessage());
      System.exit(BAD_CONFIGURATION);
    } catch (IOException e) {
      LoggerFactory.getLogger(Main.class).error("The agent cannot start", e);
      System.exit(FAULT);
    }
  }

  private static void run(AgentConfig config, AgentLog log) throws IOException {
    var keepApps = new AtomicBoolean(config.options().keepApps());
    Runnable restart =
        () -> {
          // The successor adopts the running apps; stopping them would be an outage for nothing.
          keepApps.set(true);
          System.exit(0);
        };
    var agent = new Agent(config, log, restart);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> agent.end(keepApps.get()), "agent-end"));
    agent.start();
  }
}
