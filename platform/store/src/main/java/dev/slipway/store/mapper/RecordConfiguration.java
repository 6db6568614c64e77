package dev.slipway.store.mapper;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ibatis.executor.Executor;
import org.apache.ibatis.executor.parameter.ParameterHandler;
import org.apache.ibatis.executor.resultset.ResultSetHandler;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;
import org.jspecify.annotations.Nullable;

/** MyBatis, with records made by {@link RecordRows}. */
final class RecordConfiguration extends Configuration {
  private final Map<Class<?>, RecordShape> shapes = new ConcurrentHashMap<>();

  @Override
  @SuppressWarnings("rawtypes")
  public ResultSetHandler newResultSetHandler(
      Executor executor,
      MappedStatement statement,
      RowBounds bounds,
      ParameterHandler parameters,
      @Nullable ResultHandler handler,
      BoundSql sql) {
    var maps = statement.getResultMaps();
    if (handler == null
        && bounds == RowBounds.DEFAULT
        && maps.size() == 1
        && plain(maps.getFirst())) {
      var type = maps.getFirst().getType();
      return new RecordRows(
          shapes.computeIfAbsent(type, each -> new RecordShape(each, getTypeHandlerRegistry())));
    }
    return super.newResultSetHandler(executor, statement, bounds, parameters, handler, sql);
  }

  private static boolean plain(ResultMap map) {
    return map.getType().isRecord() && map.getResultMappings().isEmpty();
  }
}
