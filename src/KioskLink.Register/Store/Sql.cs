using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace KioskLink.Register.Store;

/// <summary>Statements in SQL over the tables, inside a transaction where there is one.</summary>
internal static class Sql
{
    /// <summary>A statement; the caller disposes it.</summary>
    public static DbCommand Command(RegisterDb db, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = db.Connection.CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public static int Run(RegisterDb db, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(db, sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The number that a statement selects.</summary>
    public static long Number(RegisterDb db, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(db, sql, parameters);
        return command.ExecuteScalar() is long number ? number : 0;
    }
}
