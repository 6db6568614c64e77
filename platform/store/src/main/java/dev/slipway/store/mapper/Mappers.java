package dev.slipway.store.mapper;

import dev.slipway.store.Failures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.ibatis.builder.xml.XMLMapperBuilder;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;

/** One bundle's MyBatis. */
public final class Mappers {
  private final Configuration configuration;
  private final SqlSessionFactory sessions;
  private final Supplier<Connection> connection;
  private final Map<Class<?>, Object> proxies = new ConcurrentHashMap<>();
  private final Map<Class<?>, Class<?>> registered = new ConcurrentHashMap<>();

  /**
   * Makes an empty registry.
   *
   * @param connection the connection of the current unit of work
   */
  public Mappers(Supplier<Connection> connection) {
    this.connection = connection;
    configuration = new RecordConfiguration();
    // The transaction belongs to the unit of work; the data source of the environment is never
    // asked.
    var factory = new ManagedTransactionFactory();
    var properties = new java.util.Properties();
    properties.setProperty("closeConnection", "false");
    factory.setProperties(properties);
    configuration.setEnvironment(new Environment("unit", factory, new NoDataSource()));
    configuration.setMapUnderscoreToCamelCase(true);
    configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
    configuration.setCacheEnabled(false);
    configuration.setDefaultEnumTypeHandler(LowerCaseEnums.class);
    var handlers = configuration.getTypeHandlerRegistry();
    handlers.register(UUID.class, new Uuids());
    handlers.register(UUID[].class, new Arrays<UUID>("uuid"));
    handlers.register(String[].class, new Arrays<String>("text"));
    handlers.register(Long[].class, new Arrays<Long>("int8"));
    handlers.register(Double[].class, new Arrays<Double>("float8"));
    handlers.register(Instant.class, new Instants());
    handlers.register(List.class, new JsonColumns<>(List.class));
    handlers.register(Map.class, new JsonColumns<>(Map.class));
    sessions = new DefaultSqlSessionFactory(configuration);
  }

  /**
   * The mapper of this type. Its statements are read when the first of them is called: reading
   * those of all features would be a tenth of a start.
   */
  public <M> M mapper(Class<M> type) {
    return type.cast(proxies.computeIfAbsent(type, this::proxy));
  }

  private Object proxy(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> call(type, method, arguments));
  }

  private Class<?> register(Class<?> type) {
    var resource = type.getSimpleName() + ".xml";
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    synchronized (configuration) {
      // MyBatis looks the names in the XML up through the thread's loader.
      thread.setContextClassLoader(type.getClassLoader());
      try (var xml = type.getResourceAsStream(resource)) {
        if (xml != null) {
          new XMLMapperBuilder(
                  xml, configuration, type.getName() + ".xml", configuration.getSqlFragments())
              .parse();
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } finally {
        thread.setContextClassLoader(before);
      }
      if (!configuration.hasMapper(type)) {
        configuration.addMapper(type);
      }
    }
    return type;
  }

  private Object call(Class<?> type, Method method, Object[] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(this, arguments);
    }
    registered.computeIfAbsent(type, this::register);
    // A mapper may be visible to its own package alone.
    method.setAccessible(true);
    // Nothing to close: the session holds no resource but the unit's connection.
    var session = sessions.openSession(ExecutorType.SIMPLE, connection.get());
    try {
      return method.invoke(session.getMapper(type), arguments);
    } catch (InvocationTargetException wrapped) {
      var failure = wrapped.getCause();
      // MyBatis wraps what the driver said once more where a parameter or a column failed.
      var sql = failure instanceof PersistenceException ? Failures.inside(failure) : null;
      throw sql == null ? failure : Failures.translate(sql);
    }
  }
}
