using System.Data.Common;
using KioskLink.Register.Store;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Disclosures;

/// <summary>Overdue items and open invoices from the register's own tables of loans. Thread-safe.</summary>
internal sealed class LoanTables(RegisterStore store) : IOverdueItems
{
    // An open loan has a row, a returned one has none.
    private const string Overdue = """
        SELECT l.loan_id, l.patron_id, i.owner, l.due_on, i.title, i.price_cents
        FROM loans l JOIN items i ON i.consortium = l.consortium AND i.item_id = l.item_id
        WHERE l.consortium = $consortium AND l.due_on <= $day ORDER BY l.due_on, l.loan_id
        """;

    private const string Open = """
        SELECT number, patron_id, invoiced_on, due_on, cents, item_ids FROM invoices
        WHERE consortium = $consortium AND settled_at IS NULL ORDER BY invoiced_on, number
        """;

    private const string Title = "SELECT title FROM items WHERE consortium = $consortium AND item_id = $item";

    /// <inheritdoc/>
    public IReadOnlyList<OverdueItem> DueBy(RegisterDb db, LocalDate day)
    {
        using var command = Command(db, Overdue, ("$day", LocalDatePattern.Iso.Format(day)));
        using var reader = command.ExecuteReader();
        var items = new List<OverdueItem>();
        while (reader.Read())
        {
            items.Add(new OverdueItem(
                reader.GetString(0), reader.GetInt64(1), reader.GetString(2), Date(reader, 3), reader.GetString(4), reader.GetInt64(5)));
        }

        return items;
    }

    /// <inheritdoc/>
    public IReadOnlyList<OpenInvoice> OpenInvoices(RegisterDb db)
    {
        using var command = Command(db, Open);
        using var reader = command.ExecuteReader();
        var invoices = new List<OpenInvoice>();
        while (reader.Read())
        {
            invoices.Add(new OpenInvoice(
                reader.GetString(0), reader.GetInt64(1), Date(reader, 2), Date(reader, 3), reader.GetInt64(4), Material(db, reader.GetString(5))));
        }

        return invoices;
    }

    private string Material(RegisterDb db, string itemIds) =>
        string.Join("; ", itemIds.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(item => TitleOf(db, item)));

    private string TitleOf(RegisterDb db, string item)
    {
        using var command = Command(db, Title, ("$item", item));
        return command.ExecuteScalar() as string ?? "";
    }

    private static LocalDate Date(DbDataReader reader, int at) => LocalDatePattern.Iso.Parse(reader.GetString(at)).Value;

    private DbCommand Command(RegisterDb db, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = db.Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in (ReadOnlySpan<(string, object)>)[("$consortium", store.Consortium), .. parameters])
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
