using System.Text;
using Google.Protobuf.Reflection;
using KioskLink.Cli.Applications;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Loans;

/// <summary>A row of a file that was not stored.</summary>
/// <param name="Line">Where it starts, the header being line 1.</param>
/// <param name="Field">The field; empty when the whole row is meant.</param>
/// <param name="Reason">What is wrong and how to mend it.</param>
internal sealed record LoanFileProblem(long Line, string Field, string Reason);

/// <summary>A record of a file and where it starts.</summary>
/// <param name="Line">The line, the header being line 1.</param>
/// <param name="Record">The record.</param>
internal sealed record LoanFileRow(long Line, LoanRecord Record);

/// <summary>Reads records of the library system from CSV: the header names fields of <see cref="LoanRecord"/>; several items stand between blanks.</summary>
internal static class LoanFile
{
    /// <summary>Largest file, bytes.</summary>
    public const int FileMax = 256 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly Dictionary<string, LoanRecordKind> Kinds = new()
    {
        ["item"] = LoanRecordKind.Item,
        ["loan"] = LoanRecordKind.Loan,
        ["return"] = LoanRecordKind.Return,
        ["hold"] = LoanRecordKind.Hold,
        ["fee"] = LoanRecordKind.Fee,
        ["invoice"] = LoanRecordKind.Invoice,
        ["bus-stop"] = LoanRecordKind.BusStop,
    };

    /// <summary>The records in order; a bad row is told and left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="usual">What a file without the column <c>kind</c> tells of.</param>
    /// <param name="tell">Takes what is wrong with a row.</param>
    /// <param name="onRead">Takes the part read, from 0 to 1.</param>
    /// <exception cref="CommandProblem">The file cannot be read, or its header names no fields.</exception>
    public static IEnumerable<LoanFileRow> Read(string path, LoanRecordKind usual, Action<LoanFileProblem> tell, Action<double> onRead)
    {
        var text = Text(path);
        using var rows = CsvRecords.Of(text).GetEnumerator();
        if (!rows.MoveNext())
            throw CommandProblem.Usage($"{path} is empty; give a header and rows.");
        var fields = (rows.Current.Fields ?? []).Select(name => FieldOf(path, name)).ToList();
        var last = (double)text.AsSpan().Count('\n') + 1;
        while (rows.MoveNext())
        {
            var (line, values) = rows.Current;
            onRead(line / last);
            var problem = values is null ? "the quotation marks do not match: quote the whole field and double the marks inside"
                : values.Count != fields.Count ? $"the row has {values.Count} fields instead of {fields.Count}: check the commas"
                : null;
            if (problem is not null)
                tell(new LoanFileProblem(line, "", problem));
            else if (ToRecord(usual, fields, values!) is var (record, wrong) && wrong is not null)
                tell(new LoanFileProblem(line, wrong, "has a value of another form: see the message LoanRecord in protos"));
            else
                yield return new LoanFileRow(line, record);
        }
    }

    private static string Text(string path)
    {
        try
        {
            return new FileInfo(path).Length <= FileMax
                ? File.ReadAllText(path, Strict)
                : throw CommandProblem.Usage($"{path} is larger than {FileMax} bytes; split it.");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{path} cannot be read; check the path and the file's rights.");
        }
        catch (DecoderFallbackException)
        {
            throw CommandProblem.Usage($"{path} is not UTF-8; save it as UTF-8.");
        }
    }

    private static FieldDescriptor FieldOf(string path, string name) =>
        LoanRecord.Descriptor.FindFieldByName(name.Trim())
        ?? throw CommandProblem.Usage($"{path}: the header has a column that is no field; the fields are {string.Join(", ", LoanRecord.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name))}.");

    private static (LoanRecord Record, string? Wrong) ToRecord(LoanRecordKind usual, IReadOnlyList<FieldDescriptor> fields, IReadOnlyList<string> values)
    {
        var record = new LoanRecord { Kind = usual };
        foreach (var (field, value) in fields.Zip(values))
        {
            if (value.Length > 0 && !TrySet(record, field, value))
                return (record, field.Name);
        }

        return (record, null);
    }

    private static bool TrySet(LoanRecord record, FieldDescriptor field, string value)
    {
        switch (field.FieldType)
        {
            case FieldType.Enum:
                record.Kind = Kinds.GetValueOrDefault(value);
                return record.Kind != LoanRecordKind.Unspecified;
            case FieldType.Int64 when long.TryParse(value, null, out var number):
                field.Accessor.SetValue(record, number);
                return true;
            case FieldType.Int32 when int.TryParse(value, null, out var number):
                field.Accessor.SetValue(record, number);
                return true;
            case FieldType.Bool when value is "yes" or "no":
                field.Accessor.SetValue(record, value == "yes");
                return true;
            case FieldType.String when field.IsRepeated:
                record.ItemIds.AddRange(value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                return true;
            case FieldType.String:
                field.Accessor.SetValue(record, value);
                return true;
            default:
                return false;
        }
    }
}
