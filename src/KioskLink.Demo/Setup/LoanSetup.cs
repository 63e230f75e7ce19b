using System.Globalization;
using Grpc.Core;
using KioskLink.Demo.Samples;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Demo.Setup;

/// <summary>Puts the sample items into the register, with the loans and the hold on them. Done once: what was lent and returned in the demo stays so.</summary>
internal sealed class LoanSetup(ChannelBase register, TimeProvider time)
{
    private const string Owner = "Lahti";
    private const int LentDaysAgo = 20, PickUpDays = 5;
    private readonly LoanService.LoanServiceClient _loans = new(register);

    /// <summary>Loads them.</summary>
    /// <exception cref="InvalidOperationException">The register did not take a record.</exception>
    public async Task FillAsync()
    {
        var request = new ImportLoansRequest();
        request.Records.AddRange(SampleItem.All.Select(Item));
        request.Records.AddRange(SampleItem.All.Where(item => item.LentTo.Length > 0).Select(Loan));
        request.Records.AddRange(SampleItem.All.Where(item => item.HeldFor.Length > 0).Select(Hold));
        var taken = await _loans.ImportLoansAsync(request);
        if (taken.Problems.FirstOrDefault() is { } problem)
        {
            throw new InvalidOperationException($"the register did not take sample {request.Records[problem.Index].Id}: {problem.Field} {problem.Reason}");
        }
    }

    private static LoanRecord Item(SampleItem item) => new()
    {
        Kind = LoanRecordKind.Item,
        Id = item.Barcode,
        Title = item.Title,
        TitleId = TitleOf(item),
        Owner = Owner,
        ItemType = item.Type,
        HomeBranch = DemoBranch.Id,
        CallNumber = item.Shelf,
        Cents = 2500,
    };

    private LoanRecord Loan(SampleItem item) => new()
    {
        Kind = LoanRecordKind.Loan,
        Id = $"loan-{item.Barcode}",
        CustomerId = item.LentTo,
        ItemId = item.Barcode,
        BranchId = DemoBranch.Id,
        On = Day(-LentDaysAgo),
        DueOn = Day(item.DueInDays),
    };

    private LoanRecord Hold(SampleItem item) => new()
    {
        Kind = LoanRecordKind.Hold,
        Id = $"hold-{item.Barcode}",
        CustomerId = item.HeldFor,
        ItemId = item.Barcode,
        Title = item.Title,
        TitleId = TitleOf(item),
        BranchId = DemoBranch.Id,
        On = Day(-LentDaysAgo),
        PickUpBy = Day(PickUpDays),
    };

    private static string TitleOf(SampleItem item) => $"title-{item.Barcode}";

    private string Day(int from) => time.GetUtcNow().AddDays(from).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
