package dev.slipway.launcher.toy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Uses a library from the class path and the database, and writes down what it was given. */
public final class ToyFeature implements BundleActivator {

  private static final String[] NAMES = {
    "slipway.home",
    "slipway.data",
    "slipway.version",
    "slipway.http.host",
    "slipway.http.port",
    "slipway.grpc.host",
    "slipway.grpc.port",
    "slipway.agent",
    "slipway.database.url",
    "slipway.database.user",
    "slipway.database.embedded",
    "slipway.master.key.file",
    "slipway.root.email",
    "slipway.training"
  };

  @Override
  public void start(BundleContext context) throws IOException, SQLException {
    if (context.getProperty("slipway.data").endsWith("broken")) {
      throw new IOException("the toy is broken");
    }
    Map<String, String> seen = new TreeMap<>();
    for (var name : NAMES) {
      seen.put(name, context.getProperty(name));
    }
    var file = Path.of(context.getProperty("slipway.data"), "seen.json");
    Files.writeString(file, new ObjectMapper().writeValueAsString(seen));
    System.out.println("a library prints to standard output");
    try (var connection =
            DriverManager.getConnection(
                context.getProperty("slipway.database.url"),
                context.getProperty("slipway.database.user"),
                context.getProperty("slipway.database.password"));
        var statement = connection.createStatement()) {
      statement.execute("create table if not exists starts (at timestamptz)");
      statement.execute("insert into starts values (now())");
      try (var rows = statement.executeQuery("select count(*) from starts")) {
        rows.next();
        append(context, "feature started " + rows.getInt(1));
      }
    }
  }

  @Override
  public void stop(BundleContext context) throws IOException {
    append(context, "feature stopped");
  }

  static void append(BundleContext context, String line) throws IOException {
    Files.writeString(
        Path.of(context.getProperty("slipway.data"), "toy.log"),
        line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
