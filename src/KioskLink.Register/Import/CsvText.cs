using System.Text;

namespace KioskLink.Register.Import;

/// <summary>How a text stands as a row of CSV.</summary>
internal enum CsvForm
{
    /// <summary>A whole row.</summary>
    Whole,

    /// <summary>A quotation mark is still open: the row may go on in the next line.</summary>
    Open,

    /// <summary>Quotation marks stand where none may.</summary>
    Malformed,
}

/// <summary>Splits one row of CSV (RFC 4180, comma) into its fields. Pure.</summary>
internal static class CsvText
{
    private const char Mark = '"';
    private const char Separator = ',';

    /// <summary>The fields of a row; those before the fault where it is not whole.</summary>
    public static (CsvForm Form, IReadOnlyList<string> Fields) Split(string row)
    {
        var fields = new List<string>();
        var at = 0;
        while (true)
        {
            var form = at < row.Length && row[at] == Mark ? ReadQuoted(row, ref at, fields) : ReadPlain(row, ref at, fields);
            if (form != CsvForm.Whole || at == row.Length)
            {
                return (form, fields);
            }

            at++;
        }
    }

    private static CsvForm ReadPlain(string row, ref int at, List<string> fields)
    {
        var end = row.IndexOf(Separator, at);
        end = end < 0 ? row.Length : end;
        var field = row[at..end];
        (at, var isWhole) = (end, !field.Contains(Mark));
        fields.Add(field);
        return isWhole ? CsvForm.Whole : CsvForm.Malformed;
    }

    private static CsvForm ReadQuoted(string row, ref int at, List<string> fields)
    {
        var field = new StringBuilder();
        while (true)
        {
            var close = row.IndexOf(Mark, at + 1);
            if (close < 0)
            {
                return CsvForm.Open;
            }

            field.Append(row, at + 1, close - at - 1);
            at = close + 1;
            if (at == row.Length || row[at] == Separator)
            {
                fields.Add(field.ToString());
                return CsvForm.Whole;
            }

            if (row[at] != Mark)
            {
                return CsvForm.Malformed;
            }

            field.Append(Mark);
        }
    }
}
