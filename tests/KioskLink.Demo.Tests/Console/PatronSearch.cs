using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>How a test comes to a patron's page: by the search, since no address can be made from a customer number.</summary>
internal static class PatronSearch
{
    /// <summary>Goes to a page of a patron.</summary>
    /// <param name="page">The browser's page, of somebody who may look for patrons.</param>
    /// <param name="customer">The customer number.</param>
    /// <param name="part">The page behind the first one; empty for the first.</param>
    /// <returns>The address of the first page.</returns>
    public static async Task<string> GoToPatronAsync(this IPage page, string customer, string part = "")
    {
        await page.SearchAsync(customer);
        await page.WaitForURLAsync("**/patrons/*");
        var address = new Uri(page.Url).AbsolutePath;
        if (part.Length > 0) await page.GotoAsync($"{address}/{part}");
        return address;
    }

    /// <summary>Searches, whoever is found.</summary>
    public static async Task SearchAsync(this IPage page, string text)
    {
        await page.GotoAsync("/patrons");
        await page.GetByRole(AriaRole.Searchbox).FillAsync(text);
        await page.ArriveByAsync(() => page.Keyboard.PressAsync("Enter"));
    }
}
