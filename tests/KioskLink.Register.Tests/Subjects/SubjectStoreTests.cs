using KioskLink.Register.Store;
using KioskLink.Register.Subjects;

namespace KioskLink.Register.Tests.Subjects;

public sealed class SubjectStoreTests
{
    // Tables that name a card or person and hold no data of anybody: what a node has still to forget of a card that is gone.
    private static readonly string[] Exempt = ["node_erasures"];

    // Tables that say whose they are otherwise than by a number in a column of that name.
    private static readonly string[] ByOtherMeans = ["attempts", "journal_records", "change_log", "camera_references"];

    [Fact]
    public async Task R74_R75_Every_table_with_a_patron_or_card_in_it_has_a_store_that_exports_and_erases_it()
    {
        await using var register = await TestRegister.StartAsync();
        var covered = register.Service<IEnumerable<ISubjectStore>>().SelectMany(store => store.Tables).ToList();

        var tables = Tables(register.Core.Store, "patron_id").Concat(Tables(register.Core.Store, "card_id")).Concat(ByOtherMeans).Distinct().Except(Exempt).ToList();

        Assert.Contains("patrons", tables);
        Assert.Empty(tables.Except(covered));
        Assert.Equal(covered.Count, covered.Distinct().Count());
    }

    [Fact]
    public async Task Stores_have_names_of_their_own_and_the_patrons_own_row_goes_last()
    {
        await using var register = await TestRegister.StartAsync();
        var stores = register.Service<IEnumerable<ISubjectStore>>().ToList();

        Assert.Equal(stores.Count, stores.Select(store => store.Name).Distinct().Count());
        Assert.Equal("patron", stores.MaxBy(store => store.Rank)!.Name);
    }

    private static List<string> Tables(RegisterStore store, string column)
    {
        using var connection = store.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = $column
            """;
        command.Parameters.AddWithValue("$column", column);
        using var reader = command.ExecuteReader();
        var tables = new List<string>();
        while (reader.Read())
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }
}
