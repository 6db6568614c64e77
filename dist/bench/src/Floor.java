import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.api.security.Passwords;
import dev.slipway.store.Connections;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/**
 * What a request costs without the platform: Jetty, a pooled connection, the SQL, JSON; {@code
 * /hash} is Jetty and one password.
 */
public final class Floor extends Handler.Abstract implements BundleActivator {
  private static final String ONE = "select * from apps_app where id = ?";
  private static final String LIST = "select * from apps_app order by id limit 20 offset 0";
  private static final String COUNT = "select count(*) from apps_app";

  private static final String USER = "select * from accounts_user where id = ?";
  private static final String SEATS =
      "select t.id as tenant_id, t.name as tenant_name, t.slug as tenant_slug, m.role, t.root,"
          + " m.joined_at from accounts_membership m join accounts_tenant t on t.id = m.tenant_id"
          + " where m.user_id = ? order by m.joined_at, m.id limit 1000";
  private static final String PLANS =
      "select * from billing_plan order by monthly_price_cents, lower(name), id";
  private static final String ACCOUNT = "select * from billing_account where tenant_id = ?";

  private static final String PASSWORD = "Bench-mark-0-password";

  private final ObjectMapper json = new ObjectMapper();
  private ServiceTracker<Connections, Connections> store;
  private ServiceTracker<Passwords, Passwords> passwords;
  private volatile String hash;
  private Server server;

  @Override
  public void start(BundleContext context) throws Exception {
    store = new ServiceTracker<>(context, Connections.class, null);
    store.open();
    passwords = new ServiceTracker<>(context, Passwords.class, null);
    passwords.open();
    // As the platform's own server is set up.
    var threads = new QueuedThreadPool(32, 4);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server = new Server(threads);
    var connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(context.getProperty("slipway.bench.floor")));
    server.addConnector(connector);
    server.setHandler(this);
    server.start();
  }

  @Override
  public void stop(BundleContext context) throws Exception {
    server.stop();
    store.close();
    passwords.close();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var body = body(Request.getPathInContext(request).substring(1));
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private byte[] body(String path) throws SQLException, IOException {
    var pool = store.getService().platform();
    var words = path.split("/");
    return switch (words[0]) {
      case "me" -> json.writeValueAsBytes(me(pool, UUID.fromString(words[1])));
      case "plans" -> json.writeValueAsBytes(plans(pool, UUID.fromString(words[1])));
      case "hash" -> json.writeValueAsBytes(Map.of("fits", fits()));
      case "" -> json.writeValueAsBytes(list(pool));
      default -> json.writeValueAsBytes(one(pool, UUID.fromString(path)));
    };
  }

  private boolean fits() {
    var service = passwords.getService();
    if (hash == null) {
      hash = service.hash(PASSWORD);
    }
    return service.verify(PASSWORD, hash);
  }

  private static Map<String, Object> one(DataSource pool, UUID id) throws SQLException {
    try (var connection = pool.getConnection()) {
      return rows(connection, ONE, id).getFirst();
    }
  }

  private static Map<String, Object> me(DataSource pool, UUID user) throws SQLException {
    try (var connection = pool.getConnection()) {
      return Map.of("user", rows(connection, USER, user), "seats", rows(connection, SEATS, user));
    }
  }

  private static Map<String, Object> plans(DataSource pool, UUID tenant) throws SQLException {
    try (var connection = pool.getConnection()) {
      var account = rows(connection, ACCOUNT, tenant);
      return Map.of("plans", rows(connection, PLANS), "account", account);
    }
  }

  private static List<Map<String, Object>> rows(Connection on, String sql, Object... values)
      throws SQLException {
    try (var statement = on.prepareStatement(sql)) {
      for (var i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return rows(statement.executeQuery());
    }
  }

  private static Map<String, Object> list(DataSource pool) throws SQLException, IOException {
    try (var connection = pool.getConnection()) {
      return Map.of("apps", rows(connection, LIST), "total", count(connection));
    }
  }

  private static long count(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(COUNT);
        var result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  private static List<Map<String, Object>> rows(java.sql.ResultSet result) throws SQLException {
    var rows = new ArrayList<Map<String, Object>>();
    var columns = result.getMetaData();
    while (result.next()) {
      var row = new LinkedHashMap<String, Object>();
      for (var i = 1; i <= columns.getColumnCount(); i++) {
        var value = result.getObject(i);
        var plain = value == null || value instanceof Number || value instanceof Boolean;
        row.put(columns.getColumnName(i), plain ? value : value.toString());
      }
      rows.add(row);
    }
    return rows;
  }
}
