using KioskLink.Register.Audit;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Tests.Audit;

/// <summary>How SQLite goes about a page of the log: by an index, and never through millions of rows.</summary>
public sealed class AuditPlanTests
{
    [Fact]
    public async Task The_rows_of_a_patron_are_found_by_the_patron_and_come_in_the_order_of_that_index()
    {
        await using var register = await TestRegister.StartAsync();
        using var db = register.Core.Store.Read();

        var plan = Plan(db, AuditPages.Newest(AuditPages.About(db, "lastu", 7), 100).Take(51));

        Assert.Equal(2, plan.Count);
        Assert.Contains("USING PRIMARY KEY (consortium=? AND subject=? AND sequence<?)", plan[0], StringComparison.Ordinal);
        Assert.Contains("USING PRIMARY KEY (consortium=? AND sequence=?)", plan[1], StringComparison.Ordinal);
    }

    private static List<string> Plan(RegisterDb db, IQueryable<AuditRow> rows)
    {
        var sql = string.Join('\n', rows.ToQueryString().Split('\n').Where(line => !line.StartsWith(".param", StringComparison.Ordinal)));
        using var explain = Sql.Command(db, "EXPLAIN QUERY PLAN " + sql);
        foreach (var name in System.Text.RegularExpressions.Regex.Matches(sql, @"@\w+").Select(match => match.Value).Distinct())
        {
            var parameter = explain.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, DBNull.Value);
            explain.Parameters.Add(parameter);
        }

        using var reader = explain.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }
}
