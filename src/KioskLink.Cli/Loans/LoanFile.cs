using Google.Protobuf.Reflection;
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
    /// <exception cref="CommandProblem">The file cannot be read, or its header names no fields.</exception>
    public static IEnumerable<LoanFileRow> Read(string path, Action<LoanFileProblem> tell)
    {
        using var rows = CsvText.Rows(path).GetEnumerator();
        if (!rows.MoveNext())
            throw CommandProblem.Usage($"{path} is empty; give a header and rows.");
        var fields = rows.Current.Fields.Select(name => FieldOf(path, name)).ToList();
        while (rows.MoveNext())
        {
            var (line, values, problem) = rows.Current;
            problem ??= values.Count == fields.Count ? null : $"the row has {values.Count} fields instead of {fields.Count}: check the commas";
            if (problem is not null)
                tell(new LoanFileProblem(line, "", problem));
            else if (ToRecord(fields, values) is var (record, wrong) && wrong is not null)
                tell(new LoanFileProblem(line, wrong, "has a value of another form: see the message LoanRecord in protos"));
            else
                yield return new LoanFileRow(line, record);
        }
    }

    private static FieldDescriptor FieldOf(string path, string name) =>
        LoanRecord.Descriptor.FindFieldByName(name.Trim())
        ?? throw CommandProblem.Usage($"{path}: the header has a column that is no field; the fields are {string.Join(", ", LoanRecord.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name))}.");

    private static (LoanRecord Record, string? Wrong) ToRecord(IReadOnlyList<FieldDescriptor> fields, IReadOnlyList<string> values)
    {
        var record = new LoanRecord();
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
