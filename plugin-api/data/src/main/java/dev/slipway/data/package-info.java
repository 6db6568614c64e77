/**
 * A bundle's own tables: units of work under a tenant, MyBatis mappers, standard statements.
 *
 * <p>A bundle brings its changelog as Liquibase formatted SQL in {@code
 * changelog/<feature>/NNNN-what.sql}, run in order of name before the bundle sees a {@link
 * dev.slipway.data.Database}. Each tenant-owned table calls {@code SELECT
 * slipway_tenant_table('feature_noun')} after its CREATE TABLE (needs a {@code tenant_id uuid}
 * column), each other table {@code SELECT slipway_platform_table('feature_noun')}: without it no
 * one may read it.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.slipway.data;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
