using KioskLink.Protos.Register.V1;
using KioskLink.Register.Requests;
using KioskLink.Register.Statistics;
using NodaTime.Text;

namespace KioskLink.Register.Disclosures;

/// <summary>Hands statistics out as a file and records to whom (R53, R55); they are about nobody. Thread-safe.</summary>
internal sealed class StatisticsHandout(StatisticsDesk desk, DisclosureBook book)
{
    private static readonly string[] Columns = ["statistics", "period", "hour", "branch", "dimension", "value", "number"];

    /// <summary>Makes the file and its record.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT names the field.</exception>
    public async Task<(DisclosureRow Row, byte[] File)> RunAsync(DiscloseStatisticsRequest request, string by, CancellationToken cancel)
    {
        var (recipient, reason) = (Field.Required(request.Recipient, "recipient"), Field.Required(request.Reason, "reason"));
        var days = StatisticsDesk.DaysOf(request.From, request.To, request.Part);
        var table = Table(desk.Of(days, request.Part));
        var draft = new DraftDisclosure
        {
            Kind = DisclosureKind.Statistics,
            Recipient = recipient,
            Basis = reason,
            Period = $"{LocalDatePattern.Iso.Format(days.Start)}/{LocalDatePattern.Iso.Format(days.End)}",
            What = "statistics",
            Fields = Told(request.Part),
            Content = table.ToBytes(),
            Records = table.Rows,
            Subjects = [],
        };
        return (await book.AddAsync(draft, by, cancel), draft.Content);
    }

    private static string[] Told(StatisticsPart part) => part switch
    {
        StatisticsPart.Visits => ["visits"],
        StatisticsPart.Patrons => [Measures.Visitors, Measures.Patrons],
        _ => ["visits", Measures.Visitors, Measures.Patrons],
    };

    private static SecretTable Table(GetStatisticsResponse told)
    {
        var table = new SecretTable(Columns);
        foreach (var one in told.Visits)
        {
            table.Add("visits", one.Date, $"{one.Hour}", one.BranchId, Dimensions.All, "", $"{one.Visits}");
        }

        foreach (var one in told.Patrons)
        {
            table.Add(one.Measure, one.Period, "", one.BranchId, one.Dimension, ValueOf(one), $"{one.Patrons}");
        }

        return table;
    }

    private static string ValueOf(PatronCount one) => one.Dimension switch
    {
        Dimensions.Age => one.AgeBand,
        Dimensions.Group => one.Group,
        Dimensions.Gender => one.Gender.ToString(),
        _ => "",
    };
}
