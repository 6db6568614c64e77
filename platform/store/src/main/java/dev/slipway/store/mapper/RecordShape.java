package dev.slipway.store.mapper;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.apache.ibatis.executor.ExecutorException;
import org.apache.ibatis.type.TypeHandler;
import org.apache.ibatis.type.TypeHandlerRegistry;

/**
 * Which column goes into which component of a record: {@code created_at} into {@code createdAt}.
 */
final class RecordShape {
  private final Constructor<?> constructor;
  private final List<String> names;
  private final List<TypeHandler<?>> handlers;

  RecordShape(Class<?> type, TypeHandlerRegistry registry) {
    var components = type.getRecordComponents();
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(type + " has no canonical constructor", impossible);
    }
    // A record may be visible to its own package alone.
    constructor.setAccessible(true);
    names = Arrays.stream(components).map(component -> plain(component.getName())).toList();
    handlers = Arrays.stream(types).<TypeHandler<?>>map(each -> handler(registry, each)).toList();
  }

  private static TypeHandler<?> handler(TypeHandlerRegistry registry, Class<?> type) {
    return registry.hasTypeHandler(type)
        ? registry.getTypeHandler(type)
        : registry.getUnknownTypeHandler();
  }

  /** The column of each component, from 1; every component must have one. */
  int[] columns(ResultSetMetaData meta) throws SQLException {
    var places = new HashMap<String, Integer>();
    for (var i = 1; i <= meta.getColumnCount(); i++) {
      places.putIfAbsent(plain(meta.getColumnLabel(i)), i);
    }
    var columns = new int[names.size()];
    for (var i = 0; i < columns.length; i++) {
      var place = places.get(names.get(i));
      if (place == null) {
        throw new ExecutorException(
            constructor.getDeclaringClass() + ": no column for " + names.get(i) + " in " + places);
      }
      columns[i] = place;
    }
    return columns;
  }

  Object row(ResultSet result, int[] columns) throws SQLException {
    var values = new Object[columns.length];
    for (var i = 0; i < columns.length; i++) {
      values[i] = handlers.get(i).getResult(result, columns[i]);
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new ExecutorException("row refused by " + constructor, refused.getCause());
    } catch (ReflectiveOperationException | IllegalArgumentException failure) {
      throw new ExecutorException("no row for " + constructor, failure);
    }
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
