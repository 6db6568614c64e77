package dev.slipway.pluginhost;

import dev.slipway.api.plugin.PluginRegistry.Failure;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Statements on {@code pluginhost_*}. */
public interface PluginMapper extends TableMapper<PluginRow> {
  /** Columns of a plugin. */
  Table TABLE =
      Table.of(
          "pluginhost_plugin",
          "id",
          "kind",
          "release",
          "file",
          "digest",
          "signed_by",
          "manifest",
          "enabled",
          "quarantine",
          "routes",
          "installed_at",
          "state_changed_at");

  /** All of them. */
  @Select("select * from pluginhost_plugin order by kind, id")
  List<PluginRow> all();

  /** One of them. */
  @Select("select * from pluginhost_plugin where id = #{id}")
  @Nullable PluginRow byName(String id);

  /** Removes one. */
  @Delete("delete from pluginhost_plugin where id = #{id}")
  int remove(String id);

  /** The operator wants it, and it runs. */
  @Update(
      """
      update pluginhost_plugin
      set enabled = true, quarantine = null, routes = #{routes,javaType=java.util.List},
        state_changed_at = #{at}
      where id = #{id}
      """)
  void enabled(
      @Param("id") String id, @Param("routes") List<String> routes, @Param("at") Instant at);

  /** The operator does not want it. */
  @Update(
      """
      update pluginhost_plugin set enabled = false, state_changed_at = #{at} where id = #{id}
      """)
  void disabled(@Param("id") String id, @Param("at") Instant at);

  /** Locks a plugin out. */
  @Update(
      """
      update pluginhost_plugin set quarantine = #{reason}, state_changed_at = #{at} where id = #{id}
      """)
  void quarantine(@Param("id") String id, @Param("reason") String reason, @Param("at") Instant at);

  /** Notes what it serves. */
  @Update(
      "update pluginhost_plugin set routes = #{routes,javaType=java.util.List} where id = #{id}")
  void serves(@Param("id") String id, @Param("routes") List<String> routes);

  /** Notes a failure. */
  @Insert(
      """
      insert into pluginhost_failure (id, plugin_id, at, phase, message)
      values (#{id}, #{plugin}, #{failure.at}, #{failure.phase}, #{failure.message})
      """)
  void failed(
      @Param("id") UUID id, @Param("plugin") String plugin, @Param("failure") Failure failure);

  /** The newest failures. */
  @Select(
      """
      select at, phase, message from pluginhost_failure where plugin_id = #{plugin}
      order by at desc, id desc limit 50
      """)
  List<Failure> failures(String plugin);

  /** The newest failure of each. */
  @Select(
      """
      select distinct on (plugin_id) plugin_id, message from pluginhost_failure
      order by plugin_id, at desc, id desc
      """)
  List<Last> lastFailures();

  /** Forgets the failures of a plugin that goes. */
  @Delete("delete from pluginhost_failure where plugin_id = #{plugin}")
  int forgetAllFailures(String plugin);

  /** A plugin's newest failure. */
  record Last(String pluginId, String message) {}

  /** Keeps the newest 200 failures of a plugin. */
  @Delete(
      """
      delete from pluginhost_failure where plugin_id = #{plugin} and id in (
        select id from pluginhost_failure where plugin_id = #{plugin}
        order by at desc, id desc offset 200)
      """)
  int forgetFailures(String plugin);
}
