package dev.slipway.data;

import java.util.stream.Collectors;
import org.apache.ibatis.builder.annotation.ProviderContext;
import org.osgi.annotation.versioning.ProviderType;

/** The SQL behind {@link TableMapper}, made of the mapper's {@code TABLE} constant alone. */
@ProviderType
public final class TableStatements {

  /** By key. */
  public String find(ProviderContext context) {
    var table = table(context);
    return "select " + table.select() + " from " + table.name() + " where id = #{id}";
  }

  /** By key, locked. */
  public String lock(ProviderContext context) {
    return find(context) + " for update";
  }

  /** By several keys. */
  public String findAll(ProviderContext context) {
    var table = table(context);
    return "select " + table.select() + " from " + table.name() + " where id = any(#{ids})";
  }

  /** A new row. */
  public String insert(ProviderContext context) {
    var table = table(context);
    var values =
        table.columns().stream()
            .map(column -> "#{" + Table.property(column) + "}")
            .collect(Collectors.joining(", "));
    return "insert into " + table.name() + " (" + table.select() + ") values (" + values + ")";
  }

  /** All columns, guarded by the version where there is one. */
  public String update(ProviderContext context) {
    var table = table(context);
    var changes =
        table.columns().stream()
            .filter(column -> !column.equals("id") && !column.equals("version"))
            .map(column -> column + " = #{" + Table.property(column) + "}")
            .collect(Collectors.joining(", "));
    var sql = "update " + table.name() + " set " + changes;
    return table.versioned()
        ? sql + ", version = version + 1 where id = #{id} and version = #{version}"
        : sql + " where id = #{id}";
  }

  /** By key. */
  public String delete(ProviderContext context) {
    return "delete from " + table(context).name() + " where id = #{id}";
  }

  private static Table table(ProviderContext context) {
    try {
      return (Table) context.getMapperType().getField("TABLE").get(null);
    } catch (ReflectiveOperationException missing) {
      throw new IllegalStateException(
          context.getMapperType().getName() + " declares no Table TABLE", missing);
    }
  }
}
